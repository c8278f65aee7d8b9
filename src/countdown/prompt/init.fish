# The days remaining on the right of fish's prompt, by builtins alone. `countdown init fish` puts
# before this what it was asked for: __countdown_command, the words that make a memo and print its
# path; __countdown_memo, the memo that holds already, or nothing; __countdown_shown, 1 to show it.

set -g COUNTDOWN_PROMPT
set -g __countdown_seen unknown # the environment that the memo was made in
set -g __countdown_lasts 0 # how many seconds the memo holds from its making on
set -g __countdown_deadline -1 # when to look at the clock again, in seconds since the system began
set -g __countdown_holds -n '' # what `test` must find of files for the memo to hold
set -g __countdown_later 0 # when to ask again after asking in vain
set -g __countdown_pause 1 # how long to wait for that
set -g __countdown_uptime /dev/null
test -r /proc/uptime; and set __countdown_uptime /proc/uptime # It is Linux that has it.

# This runs at every prompt. Each name, test and file in it costs a hundredth of what it may cost.
function __countdown_hook --on-event fish_prompt
    # The clock costs fish a quarter of a millisecond; the time since the system began is cheaper.
    read -d ' ' -l uptime _ <$__countdown_uptime
    test "$TZ|$LC_ALL|$LC_CTYPE|$LC_TIME|$LANG|$COUNTDOWN_TODAY|$COUNTDOWN_REGION|$COUNTDOWN_TIMEZONE|$COUNTDOWN_CATALOGUE" = "$__countdown_seen" -a 0$uptime -lt $__countdown_deadline -a $__countdown_holds
    or __countdown_refresh 0$uptime
end

# Look at the clock: whether the memo holds at this time, and when to look again, a minute at most.
function __countdown_look --argument-names uptime
    test -n "$__countdown_memo"; or return 1
    set -l age (path mtime -R -- $__countdown_memo)
    test -n "$age"; and test $age -ge 0; and test $age -lt $__countdown_lasts; or return 1
    test $__countdown_uptime = /dev/null; and return
    set -g __countdown_deadline (math "$uptime + min($__countdown_lasts - $age, 60)")
end

# Read the memo; start a process for another one only if that does not hold.
function __countdown_refresh --argument-names uptime
    test -n "$__countdown_shown"; and __countdown_place
    set -l environment "$TZ|$LC_ALL|$LC_CTYPE|$LC_TIME|$LANG|$COUNTDOWN_TODAY|$COUNTDOWN_REGION|$COUNTDOWN_TIMEZONE|$COUNTDOWN_CATALOGUE"
    if test "$__countdown_seen" = unknown
        set -g __countdown_seen $environment
        __countdown_read $uptime
    end
    if test "$environment" = "$__countdown_seen"
        test $__countdown_holds; and __countdown_look $uptime; and return
        test $uptime -lt $__countdown_later; and return
    end
    set -g COUNTDOWN_PROMPT
    set -g __countdown_seen $environment
    set -g __countdown_memo
    if test -f $__countdown_command[1] -a -x $__countdown_command[1]
        set -g __countdown_memo ($__countdown_command 2>/dev/null </dev/null)
    end
    if __countdown_read $uptime
        set -g __countdown_pause 1
        set -g __countdown_later 0
    else
        set -g __countdown_later (math "$uptime + $__countdown_pause")
        test $__countdown_pause -ge 60; or set -g __countdown_pause (math "$__countdown_pause * 2")
    end
end

# Take the memo at its word, if it is this user's, whole, and of the format known here.
function __countdown_read --argument-names uptime
    set -g COUNTDOWN_PROMPT
    set -g __countdown_deadline -1
    set -g __countdown_holds -n ''
    test (count $__countdown_memo) = 1; or return 1
    test -f "$__countdown_memo" -a -O "$__countdown_memo" -a ! -L "$__countdown_memo"; or return 1
    set -l content
    read -lz content <$__countdown_memo
    set -l lines (string split \n -- $content)
    test (count $lines) -le 65 -a "$lines[1]" = 'countdown-memo 1' -a "$lines[-2]" = end -a -z "$lines[-1]"
    or return 1
    set -l made (string match -r '\.0*(\d+)\d{9}$' -- $__countdown_memo)[2]; or return 1
    set -l until
    set -l text
    set -l holds -n $__countdown_memo
    for line in $lines[2..-3]
        set -l words (string split -m 1 ' ' -- $line)
        switch $words[1]
            case asked
            case until
                set until $words[2]
            case watch
                set -l file (string split -m 3 ' ' -- $words[2])[4]
                set -a holds -a $__countdown_memo -nt $file -a -e $file # A missing file is older.
            case absent
                set -a holds -a ! -e $words[2]
            case text
                set text $words[2]
            case '*'
                return 1
        end
    end
    string match -qr '^\d{1,14}$' -- "$until"; or return 1
    string match -qr '[\p{C}\p{Zl}\p{Zp}]|^.{8193}' -- "$text"; and return 1 # C1 is no [[:cntrl:]].
    set -g __countdown_lasts (math "$until - $made")
    __countdown_look $uptime; or return 1
    set -g __countdown_holds $holds
    set -g COUNTDOWN_PROMPT $text
end

# Draw after the user's own right prompt, whichever that is by now.
function __countdown_place
    functions -q fish_right_prompt # It may have to be loaded first.
    functions fish_right_prompt | string match -q '*COUNTDOWN_PROMPT*'; and return
    functions -e __countdown_before
    if functions -q fish_right_prompt
        functions -c fish_right_prompt __countdown_before
    else
        function __countdown_before
        end
    end
    function fish_right_prompt --description 'The right prompt of before, and the days remaining'
        __countdown_before # It comes first, to be shown what the last command returned.
        test -n "$COUNTDOWN_PROMPT"; or return
        if test -n "$NO_COLOR" -o "$TERM" = dumb
            printf ' %s' $COUNTDOWN_PROMPT
        else
            printf ' %s%s%s' (set_color --dim) $COUNTDOWN_PROMPT (set_color normal)
        end
    end
end
