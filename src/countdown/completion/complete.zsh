# Completion for zsh. _countdown_program are the words that start the program.

_countdown_complete() {
    emulate -L zsh
    setopt localoptions ${=_comp_options} # which zsh's completion functions expect
    local line
    local -a lines described
    lines=("${(@f)$("${_countdown_program[@]}" _complete zsh "${(@Q)words[2,CURRENT]}" 2>/dev/null </dev/null)}")
    case $lines[1] in
        :files) _files ;;
        # -U: also names that don't start like the word. Zsh quotes them itself.
        :names) compadd -U -- "${(@)lines[2,-1]}" ;;
        :several)
            # What the names have in common must not replace the word: list them, then go through.
            compadd -U -- "${(@)lines[2,-1]}"
            compstate[insert]=
            [[ $compstate[old_list] == shown ]] && compstate[insert]=menu
            compstate[list]='list force'
            ;;
        :words)
            for line in "${(@)lines[2,-1]}"; do
                described+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
            done
            _describe -t words countdown described
            ;;
    esac
}

# Where PATH lacks the program, as with a virtual environment, functions have its names.
whence countdown >/dev/null || function countdown {
    "${_countdown_program[@]}" "$@"
}
whence release-countdown >/dev/null || function release-countdown {
    "${_countdown_program[@]}" "$@"
}

# compinit may come later in the user's start-up file: try at each prompt until compdef exists.
_countdown_wire() {
    if ((${+functions[compdef]})); then
        compdef _countdown_complete countdown release-countdown
        add-zsh-hook -d precmd _countdown_wire
    fi
}
autoload -Uz add-zsh-hook && add-zsh-hook precmd _countdown_wire
