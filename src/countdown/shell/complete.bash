# shellcheck shell=bash disable=SC2154 # _countdown_words is assigned before.
# Completion for bash. _countdown_words are the words that answer with candidates.

_countdown_complete() {
    local line kind=
    COMPREPLY=()
    while IFS= read -r line; do
        if [[ -z $kind ]]; then
            kind=$line
        else
            COMPREPLY+=("${line%%$'\t'*}")
        fi
    done < <("${_countdown_words[@]}" bash "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null </dev/null)
    case $kind in
        # As if they were files: then bash itself quotes what it puts into the line.
        :names) compopt -o filenames 2>/dev/null ;;
        :files) compopt -o default -o bashdefault 2>/dev/null ;;
    esac
}
complete -F _countdown_complete countdown
