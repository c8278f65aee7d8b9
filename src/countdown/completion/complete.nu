# Completion for nushell. __countdown_program are the words that start the program.

# Return the candidates for the last of the words on the line; null for nushell's own, of files.
def __countdown_complete [spans: list<string>] {
    let typed = $spans | skip 1 | each {|word| __countdown_unquote $word }
    let lines = try {
        '' | ^$__countdown_program.0 ...($__countdown_program | skip 1) _complete nu ...$typed
        | complete | get stdout | lines
    } catch { [] }
    let kind = $lines.0? | default ''
    if $kind == ':files' { return null }
    $lines | skip 1 | each {|line|
        let words = $line | split row --number 2 (char tab)
        let value = if $kind == ':words' { $words.0 } else { __countdown_quote $line }
        {value: $value, description: ($words.1? | default '')}
    }
}

# Return a typed word without its quotes. The last one may lack the closing quote.
def __countdown_unquote [word: string]: nothing -> string {
    if $word !~ '^[''"`]' { return $word }
    if $word =~ '^".*"$' and ($word | str length) > 1 {
        return (try { $word | from nuon | into string } catch { $word | str trim --char '"' })
    }
    $word | str substring 1.. | str replace --regex $"\\($word | str substring 0..0)$" ''
}

# Return a name as one word that nushell doesn't expand.
def __countdown_quote [name: string]: nothing -> string {
    if $name =~ '^\p{L}[\p{L}\p{N}_.-]*$' or $name =~ '^--[a-z-]+=[\p{L}\p{N}_.-]+$' { return $name }
    '"' + ($name | str replace --all '\' '\\' | str replace --all '"' '\"') + '"'
}
