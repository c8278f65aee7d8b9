# The days remaining on the right of fish's prompt, by builtins alone: from a cache file, see
# cache.py. `countdown init fish` assigns before this script: __countdown_command, the words that
# write a cache file and print its path; __countdown_cache, the path of the valid cache file, or
# nothing; __countdown_shown, 1 to show the answer in the prompt.

set -g COUNTDOWN_PROMPT
# Programs that draw the prompt, like starship, read only exported variables.
test -n "$__countdown_shown"; or set -gx COUNTDOWN_PROMPT
set -g __countdown_environment unknown # that the cache file was written in
set -g __countdown_lifetime 0 # of the cache file, in seconds
set -g __countdown_deadline -1 # when to look at the clock again, in seconds of uptime
set -g __countdown_conditions -n '' # for `test`: true while the files are unchanged
set -g __countdown_later 0 # when to run the command again after it failed
set -g __countdown_pause 1 # the seconds until then
set -g __countdown_uptime /dev/null
test -r /proc/uptime; and set __countdown_uptime /proc/uptime # Only Linux has it.

# This runs at every prompt: each name, test and file in it costs a hundredth of its budget.
function __countdown_hook --on-event fish_prompt
    # The clock costs fish a quarter of a millisecond; the time since the system started is cheaper.
    read -d ' ' -l uptime _ <$__countdown_uptime
    test "$TZ|$LC_ALL|$LC_CTYPE|$LC_MESSAGES|$LC_TIME|$LANG|$LANGUAGE|$COUNTDOWN_TODAY|$COUNTDOWN_REGION|$COUNTDOWN_TIMEZONE|$COUNTDOWN_CATALOGUE" = "$__countdown_environment" -a 0$uptime -lt $__countdown_deadline -a $__countdown_conditions
    or __countdown_refresh 0$uptime
end

# Return whether the clock allows the cache file, and set when to look again: in a minute at most.
function __countdown_check_clock --argument-names uptime
    test -n "$__countdown_cache"; or return 1
    set -l age (path mtime -R -- $__countdown_cache)
    test -n "$age"; and test $age -ge 0; and test $age -lt $__countdown_lifetime; or return 1
    test $__countdown_uptime = /dev/null; and return
    set -g __countdown_deadline (math "$uptime + min($__countdown_lifetime - $age, 60)")
end

# Read the cache file; start a process for a new one only if it isn't valid.
function __countdown_refresh --argument-names uptime
    test -n "$__countdown_shown"; and __countdown_place
    set -l environment "$TZ|$LC_ALL|$LC_CTYPE|$LC_MESSAGES|$LC_TIME|$LANG|$LANGUAGE|$COUNTDOWN_TODAY|$COUNTDOWN_REGION|$COUNTDOWN_TIMEZONE|$COUNTDOWN_CATALOGUE"
    if test "$__countdown_environment" = unknown
        set -g __countdown_environment $environment
        __countdown_read $uptime
    end
    if test "$environment" = "$__countdown_environment"
        test $__countdown_conditions; and __countdown_check_clock $uptime; and return
        test $uptime -lt $__countdown_later; and return
    end
    set -g COUNTDOWN_PROMPT
    set -g __countdown_environment $environment
    set -g __countdown_cache
    if test -f $__countdown_command[1] -a -x $__countdown_command[1]
        set -g __countdown_cache ($__countdown_command 2>/dev/null </dev/null)
    end
    if __countdown_read $uptime
        set -g __countdown_pause 1
        set -g __countdown_later 0
    else
        set -g __countdown_later (math "$uptime + $__countdown_pause")
        test $__countdown_pause -ge 60; or set -g __countdown_pause (math "$__countdown_pause * 2")
    end
end

# Read the cache file, if it is this user's, complete, and of the format that is known here.
function __countdown_read --argument-names uptime
    set -g COUNTDOWN_PROMPT
    set -g __countdown_deadline -1
    set -g __countdown_conditions -n ''
    test (count $__countdown_cache) = 1; or return 1
    test -f "$__countdown_cache" -a -O "$__countdown_cache" -a ! -L "$__countdown_cache"; or return 1
    set -l content
    read -lz content <$__countdown_cache
    set -l lines (string split \n -- $content)
    test (count $lines) -le 65 -a "$lines[1]" = 'countdown-cache 1' -a -z "$lines[-1]"; or return 1
    string match -qr '^end .{8}$' -- "$lines[-2]"; or return 1
    set -l made (string match -r '\.0*(\d+)\d{9}$' -- $__countdown_cache)[2]; or return 1
    set -l until
    set -l text
    set -l conditions -n $__countdown_cache
    for line in $lines[2..-3]
        set -l words (string split -m 1 ' ' -- $line)
        switch $words[1]
            case key
            case until
                set until $words[2]
            case watch
                set -l file (string split -m 3 ' ' -- $words[2])[4]
                set -a conditions -a $__countdown_cache -nt $file -a -e $file # A missing file is older.
            case absent
                set -a conditions -a ! -e $words[2]
            case text
                set text $words[2]
            case '*'
                return 1
        end
    end
    string match -qr '^\d{1,14}$' -- "$until"; or return 1
    string match -qr '[\p{C}\p{Zl}\p{Zp}]|^.{8193}' -- "$text"; and return 1 # [[:cntrl:]] lacks C1.
    set -g __countdown_lifetime (math "$until - $made")
    __countdown_check_clock $uptime; or return 1
    set -g __countdown_conditions $conditions
    set -g COUNTDOWN_PROMPT $text
end

# Draw after the user's own right prompt, whatever that is now.
function __countdown_place
    functions -q fish_right_prompt # This loads it.
    functions fish_right_prompt | string match -q '*COUNTDOWN_PROMPT*'; and return
    functions -e __countdown_before
    if functions -q fish_right_prompt
        functions -c fish_right_prompt __countdown_before
    else
        function __countdown_before
        end
    end
    function fish_right_prompt --description 'The right prompt before this one, and the days remaining'
        __countdown_before # First, since it may show the last status.
        test -n "$COUNTDOWN_PROMPT"; or return
        if test -n "$NO_COLOR" -o "$TERM" = dumb
            printf ' %s' $COUNTDOWN_PROMPT
        else
            printf ' %s%s%s' (set_color --dim) $COUNTDOWN_PROMPT (set_color normal)
        end
    end
end
