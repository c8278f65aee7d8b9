# The days remaining on the right of nushell's prompt, by builtins alone: from a cache file, see
# cache.py. `countdown init nu` defines before this script: __countdown_command, the words that
# write a cache file and print its path; __countdown_cache, the path of the valid cache file, or
# nothing; __countdown_shown, 1 to show the answer in the prompt.

# This runs at every prompt: `ls` in it costs a third of a millisecond for each file.
def --env __countdown_hook [] {
    let environment = [
        $env.TZ? $env.LC_ALL? $env.LC_CTYPE? $env.LC_MESSAGES? $env.LC_TIME? $env.LANG? $env.LANGUAGE?
        $env.COUNTDOWN_TODAY? $env.COUNTDOWN_REGION? $env.COUNTDOWN_TIMEZONE? $env.COUNTDOWN_CATALOGUE?
    ]
    if $__countdown_shown != '' { __countdown_place }
    if $environment == $env.__countdown.environment and (__countdown_is_valid) { return }
    __countdown_refresh $environment
}

# Return whether the cache file is valid: neither the time nor a file has changed.
def __countdown_is_valid []: nothing -> bool {
    let state = $env.__countdown
    let now = (date now | into int) // 1_000_000_000
    if $now < $state.since or $now >= $state.until { return false }
    if not ($state.cache | path exists) { return false }
    if ($state.absent | any { path exists }) { return false }
    if ($state.files | is-empty) { return true }
    try {
        # `ls` doesn't follow links, but a file behind one can change too.
        let times = ls -D ...($state.files | path expand --strict) | get modified
        $times | all {|time| $time < $state.made }
    } catch { false } # One of the files is missing.
}

# Read the cache file; start a process for a new one only if it isn't valid.
def --env __countdown_refresh [environment: list<any>] {
    if $env.__countdown.environment == null {
        $env.__countdown.environment = $environment
        __countdown_read $__countdown_cache
        if (__countdown_is_valid) { return }
    }
    let now = (date now | into int) // 1_000_000_000
    if $environment == $env.__countdown.environment and $now < $env.__countdown.later { return }
    $env.__countdown.environment = $environment
    let path = try { # `complete` keeps LAST_EXIT_CODE as it is.
        '' | ^$__countdown_command.0 ...($__countdown_command | skip 1) | complete | get stdout
    } catch { '' } # The program is gone.
    __countdown_read ($path | str trim --right --char (char newline))
    if (__countdown_is_valid) {
        $env.__countdown = $env.__countdown | merge {later: 0, pause: 1}
        return
    }
    $env.COUNTDOWN_PROMPT = ''
    let pause = $env.__countdown.pause
    let longer = if $pause < 60 { $pause * 2 } else { $pause }
    $env.__countdown = $env.__countdown | merge {later: ($now + $pause), pause: $longer}
}

# Take over what is in the cache file; nothing, if __countdown_parse has nothing.
def --env __countdown_read [path: string] {
    let answer = try { __countdown_parse $path } catch { null }
    $env.COUNTDOWN_PROMPT = $answer.text? | default ''
    let nothing = {cache: '', until: 0, since: 0, made: null, files: [], absent: []}
    $env.__countdown = $env.__countdown | merge ($answer | default $nothing | reject -o text)
}

# Return what is in the cache file, if it is this user's, complete, and of the format that is known
# here; else null.
def __countdown_parse [path: string] {
    if $path == '' or ($path | path type) != file { return null }
    let file = ls -l -D $path | first
    if $file.user != (whoami) or $file.size > 1MB { return null }
    let lines = open --raw $path | decode utf-8 | split row (char newline)
    if ($lines | length) > 65 or $lines.0 != 'countdown-cache 1' or ($lines | last) != '' { return null }
    if ($lines | get (($lines | length) - 2)) !~ '^end .{8}$' { return null }
    mut answer = {
        cache: $path
        until: 0
        since: ((date now | into int) // 1_000_000_000)
        made: $file.modified
        files: []
        absent: []
        text: ''
    }
    for line in ($lines | skip 1 | drop 2) {
        let words = $line | split row --number 2 ' '
        let rest = $words.1? | default ''
        match $words.0 {
            'key' => {}
            'until' if $rest =~ '^\d{1,14}$' => { $answer.until = $rest | into int }
            'watch' => { $answer.files ++= [($rest | split row --number 4 ' ' | get 3)] }
            'absent' => { $answer.absent ++= [$rest] }
            'text' => { $answer.text = $rest }
            _ => { return null }
        }
    }
    if $answer.text =~ '[\p{C}\p{Zl}\p{Zp}]' or ($answer.text | str length) > 32768 { return null }
    $answer
}

# Draw after the user's own right prompt, whatever that is now.
def --env __countdown_place [] {
    let before = $env.PROMPT_COMMAND_RIGHT?
    if $before == $env.__countdown.right and $before != null { return }
    let right = {||
        let own = if ($before | describe) == closure { do $before } else { $before }
        let own = $own | default '' | into string
        if $env.COUNTDOWN_PROMPT == '' { return $own }
        let is_plain = ($env.NO_COLOR? | default '') != '' or $env.TERM? == dumb
        let text = if $is_plain { $env.COUNTDOWN_PROMPT } else {
            $"(ansi attr_dimmed)($env.COUNTDOWN_PROMPT)(ansi reset)"
        }
        if $own == '' { $text } else { $"($own) ($text)" }
    }
    $env.__countdown.right = $right
    $env.PROMPT_COMMAND_RIGHT = $right
}

# The hook and the right prompt of an earlier call, if there was one, make way for those of this.
$env.COUNTDOWN_PROMPT = ''
$env.__countdown = {
    hook: {|| try { __countdown_hook } }
    earlier: $env.__countdown?.hook?
    right: $env.__countdown?.right?
    environment: null # that the cache file was written in
    cache: ''
    until: 0 # when the cache file goes out of date
    since: 0 # when it was read; before, the clock was set back
    made: null
    files: [] # must be older than the cache file
    absent: [] # must not exist
    later: 0 # when to run the command again after it failed
    pause: 1 # the seconds until then
}
$env.config.hooks.pre_prompt = (
    [] | append $env.config.hooks.pre_prompt?
    | where {|hook| $hook != null and $hook != $env.__countdown.earlier }
    | append $env.__countdown.hook
)
