# Completion for PowerShell. $__countdown_program are the words that start the program.

Register-ArgumentCompleter -Native -CommandName @('countdown', 'release-countdown') -ScriptBlock {
    param($current, $command, $cursor)
    Set-StrictMode -Off
    $typed = @(
        $command.CommandElements | Select-Object -Skip 1 |
            Where-Object { $_.Extent.EndOffset -lt $cursor } |
            ForEach-Object { if ($null -ne $_.Value) { "$($_.Value)" } else { $_.Extent.Text } }
    )
    # Before 7.3, PowerShell drops an empty word unless it is quoted twice.
    if (-not $current) { $current = if ($PSVersionTable.PSVersion -lt [version]'7.3') { '""' } else { '' } }
    $program = $global:__countdown_program[0]
    $words = @($global:__countdown_program | Select-Object -Skip 1)
    $kind, $lines = $null | & $program @words _complete powershell @typed $current 2>$null
    if ($kind -ceq ':files') { return } # PowerShell completes these itself.
    foreach ($line in $lines) {
        $word, $help = $line -split "`t", 2
        if ($kind -cne ':words') {
            $word = $line
            # Typographic quotes end a string, too: U+2018 to U+201B.
            if ($word -cnotmatch '^\p{L}[\p{L}\p{N}_-]*$') { $word = "'" + ($word -creplace "(['\u2018-\u201b])", '$1$1') + "'" }
        }
        if (-not $help) { $help = $line }
        [Management.Automation.CompletionResult]::new($word, $line, 'ParameterValue', $help)
    }
}

# Where PATH lacks the program, as with a virtual environment, functions have its names.
if (-not (Get-Command countdown -ErrorAction Ignore)) {
    function global:countdown {
        $program = $global:__countdown_program[0]
        $words = @($global:__countdown_program | Select-Object -Skip 1)
        if ($MyInvocation.ExpectingInput) { $input | & $program @words @args } else { & $program @words @args }
    }
}
if (-not (Get-Command release-countdown -ErrorAction Ignore)) {
    function global:release-countdown {
        $program = $global:__countdown_program[0]
        $words = @($global:__countdown_program | Select-Object -Skip 1)
        if ($MyInvocation.ExpectingInput) { $input | & $program @words @args } else { & $program @words @args }
    }
}
