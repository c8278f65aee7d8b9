# Completion for zsh. _countdown_words are the words that answer with candidates.

_countdown_complete() {
    emulate -L zsh
    setopt localoptions ${=_comp_options} # what the functions of completion are written for
    local line
    local -a lines described
    lines=("${(@f)$("${_countdown_words[@]}" zsh "${(@Q)words[2,CURRENT]}" 2>/dev/null </dev/null)}")
    case $lines[1] in
        :files) _files ;;
        # Not only what begins as the word does; zsh itself quotes what it puts into the line.
        :names) compadd -U -- "${(@)lines[2,-1]}" ;;
        :words)
            for line in "${(@)lines[2,-1]}"; do
                described+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
            done
            _describe -t words countdown described
            ;;
    esac
}

# compinit may come later in the user's start-up file, so that compdef is looked for until then.
_countdown_wire() {
    if ((${+functions[compdef]})); then
        compdef _countdown_complete countdown release-countdown
        add-zsh-hook -d precmd _countdown_wire
    fi
}
autoload -Uz add-zsh-hook && add-zsh-hook precmd _countdown_wire
