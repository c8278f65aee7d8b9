# The days remaining before PowerShell's prompt, by builtins alone: from a cache file, see cache.py.
# `countdown init powershell` assigns before this script: $__countdown_command, the words that write
# a cache file and print its path; $__countdown_cache, the path of the valid cache file, or nothing;
# $__countdown_shown, 1 to show the answer in the prompt. It is for version 5.1 and later, and not
# tested: see docs/prompt.md.

$env:COUNTDOWN_PROMPT = ''
$global:__countdown_environment = $null # that the cache file was written in
$global:__countdown_until = 0 # when the cache file goes out of date
$global:__countdown_since = 0 # when it was read; before, the clock was set back
$global:__countdown_made = [DateTime]::MinValue
$global:__countdown_files = @() # must be older than the cache file
$global:__countdown_absent = @() # must not exist
$global:__countdown_later = 0 # when to run the command again after it failed
$global:__countdown_pause = 1 # the seconds until then

# This runs at every prompt.
function global:__countdown_hook {
    $environment = "$env:TZ|$env:LC_ALL|$env:LC_CTYPE|$env:LC_MESSAGES|$env:LC_TIME|$env:LANG|$env:LANGUAGE|$env:COUNTDOWN_TODAY|$env:COUNTDOWN_REGION|$env:COUNTDOWN_TIMEZONE|$env:COUNTDOWN_CATALOGUE"
    $now = [DateTimeOffset]::UtcNow.ToUnixTimeSeconds()
    if ($null -eq $global:__countdown_environment) {
        $global:__countdown_environment = $environment
        __countdown_read $global:__countdown_cache $now
    }
    if ($environment -ceq $global:__countdown_environment) {
        if ((__countdown_is_valid $now) -or $now -lt $global:__countdown_later) { return }
    }
    $global:__countdown_environment = $environment
    $path = ''
    $code = $global:LASTEXITCODE
    try {
        $program = $global:__countdown_command[0]
        $words = @($global:__countdown_command | Select-Object -Skip 1)
        $path = [string]($null | & $program @words 2>$null)
    } catch { } # The program is gone.
    $global:LASTEXITCODE = $code
    __countdown_read $path $now
    if (__countdown_is_valid $now) {
        $global:__countdown_pause = 1
        $global:__countdown_later = 0
        return
    }
    $env:COUNTDOWN_PROMPT = ''
    $global:__countdown_later = $now + $global:__countdown_pause
    if ($global:__countdown_pause -lt 60) { $global:__countdown_pause *= 2 }
}

# Return whether the cache file is valid: neither the time nor a file has changed.
function global:__countdown_is_valid($now) {
    if ($now -lt $global:__countdown_since -or $now -ge $global:__countdown_until) { return $false }
    if (-not [IO.File]::Exists($global:__countdown_cache)) { return $false }
    foreach ($file in $global:__countdown_files) {
        try {
            $target = $file # .NET doesn't follow links, but a file behind one can change too.
            if ($PSVersionTable.PSVersion.Major -ge 7) {
                $link = [IO.File]::ResolveLinkTarget($file, $true)
                if ($null -ne $link) { $target = $link.FullName }
            }
            if (-not ([IO.File]::Exists($target) -or [IO.Directory]::Exists($target))) { return $false }
            if ([IO.File]::GetLastWriteTimeUtc($target) -ge $global:__countdown_made) { return $false }
        } catch { return $false }
    }
    foreach ($file in $global:__countdown_absent) {
        if ([IO.File]::Exists($file) -or [IO.Directory]::Exists($file)) { return $false }
    }
    return $true
}

# Read the cache file, if it is this user's, complete, and of the format that is known here.
function global:__countdown_read($path, $now) {
    Set-StrictMode -Off
    $env:COUNTDOWN_PROMPT = ''
    $global:__countdown_until = 0
    $global:__countdown_cache = $path
    try {
        if (-not [IO.File]::Exists($path)) { return }
        $item = Get-Item -LiteralPath $path -Force
        if (($item.Attributes -band [IO.FileAttributes]::ReparsePoint) -or $item.Length -gt 1048576) { return }
        if ($PSVersionTable.PSEdition -eq 'Core' -and -not $IsWindows) {
            if ($item.User -cne [Environment]::UserName) { return }
        }
        $lines = [IO.File]::ReadAllText($path, [Text.UTF8Encoding]::new($false, $true)) -split "`n"
        $last = $lines.Count - 1
        if ($last -lt 3 -or $last -gt 64 -or $lines[0] -cne 'countdown-cache 1') { return }
        if ($lines[$last] -cne '' -or $lines[$last - 1] -cnotmatch '^end .{8}$') { return }
        $until = 0
        $text = ''
        $files = @()
        $absent = @()
        foreach ($line in $lines[1..($last - 2)]) {
            $word, $rest = $line -split ' ', 2
            switch -CaseSensitive -Exact ($word) {
                'key' { }
                'until' {
                    if ($rest -cnotmatch '^[0-9]{1,14}$') { return }
                    $until = [long]$rest
                }
                'watch' { $files += ($rest -split ' ', 4)[3] }
                'absent' { $absent += $rest }
                'text' { $text = $rest }
                default { return }
            }
        }
        if ($text.Length -gt 8192 -or $text -match '[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]') { return }
        $global:__countdown_files = $files
        $global:__countdown_absent = $absent
        $global:__countdown_made = $item.LastWriteTimeUtc
        $global:__countdown_since = $now
        $global:__countdown_until = $until
        $env:COUNTDOWN_PROMPT = $text
    } catch { } # It isn't readable, or not UTF-8.
}

# Draw before the user's own prompt, once, however often this script is run.
if (-not (Test-Path variable:global:__countdown_before)) {
    $global:__countdown_before = $function:prompt
    function global:prompt {
        $own = (& $global:__countdown_before) -join '' # First, since it may show the last status.
        __countdown_hook
        if (-not $global:__countdown_shown -or -not $env:COUNTDOWN_PROMPT) { return $own }
        if ($env:NO_COLOR -or $env:TERM -eq 'dumb') { return "$env:COUNTDOWN_PROMPT $own" }
        $escape = [char]27
        return "${escape}[2m${env:COUNTDOWN_PROMPT}${escape}[0m $own"
    }
}
__countdown_hook # For programs that draw the variable before our hook runs.
