# shellcheck shell=bash disable=SC2154 # _countdown_words is assigned before.
# Completion for bash. _countdown_words are the words that answer with candidates.

_countdown_complete() {
    local line kind='' current=${COMP_WORDS[COMP_CWORD]-}
    COMPREPLY=()
    while IFS= read -r line; do
        if [[ -z $kind ]]; then
            kind=$line
        elif [[ $kind == :names ]]; then
            _countdown_quote "$line"
        else
            COMPREPLY+=("${line%%$'\t'*}")
        fi
    done < <("${_countdown_words[@]}" bash "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null </dev/null)
    if [[ $kind == :files ]]; then
        compopt -o default -o bashdefault 2>/dev/null
    fi
}

# Offer the name $1, written so that bash reads it as one word and expands nothing in it.
_countdown_quote() {
    local name=$1 character
    case $current in
        \'*) name=${name//\'/\'\\\'\'} ;;
        \"*)
            for character in \\ \" \$ \`; do
                name=${name//"$character"/"\\$character"}
            done
            # Between these quotes nothing keeps it from being a part of an earlier line.
            name=${name//!/\"\\!\"}
            ;;
        *)
            printf -v name %q "$name"
            name=${name//:/\\:} # At a bare colon, another word would begin.
            ;;
    esac
    COMPREPLY+=("$name")
}
complete -F _countdown_complete countdown release-countdown
