# shellcheck shell=bash disable=SC2154 # _countdown_program is assigned before this script.
# Completion for bash. _countdown_program are the words that start the program.

_countdown_complete() {
    local line kind='' current=${COMP_WORDS[COMP_CWORD]-}
    COMPREPLY=()
    while IFS= read -r line; do
        if [[ -z $kind ]]; then
            kind=$line
        elif [[ $kind == :names || $kind == :several ]]; then
            _countdown_quote "$line"
        else
            COMPREPLY+=("${line%%$'\t'*}")
        fi
    done < <("${_countdown_program[@]}" _complete bash "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null </dev/null)
    # The first Tab (9) would replace the word by what the names have in common; the next one lists.
    if [[ $kind == :several && ${COMP_TYPE-} == 9 ]]; then
        COMPREPLY=()
    elif [[ $kind == :files ]]; then
        compopt -o default -o bashdefault 2>/dev/null
    fi
}

# Add the name $1 to the candidates, quoted so that bash reads it as one word and expands nothing.
_countdown_quote() {
    local name=$1 character
    case $current in
        \'*) name=${name//\'/\'\\\'\'} ;;
        \"*)
            for character in \\ \" \$ \`; do
                name=${name//"$character"/"\\$character"}
            done
            # History expansion works between double quotes too, so close them around it.
            name=${name//!/\"\\!\"}
            ;;
        *)
            printf -v name %q "$name"
            name=${name//:/\\:} # Bash starts a new word at a bare colon.
            ;;
    esac
    COMPREPLY+=("$name")
}
complete -F _countdown_complete countdown release-countdown

# Where PATH lacks the program, as with a virtual environment, functions have its names.
_countdown_run() { "${_countdown_program[@]}" "$@"; }
type countdown &>/dev/null || function countdown { _countdown_run "$@"; }
type release-countdown &>/dev/null || shopt -qo posix || function release-countdown { _countdown_run "$@"; }
