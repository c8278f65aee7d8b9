# The days remaining on the right of zsh's prompt, by builtins alone. `countdown init zsh` puts
# before this what it was asked for: _countdown_command, the words that make a memo and print its
# path; _countdown_memo, the memo that holds already, or nothing; _countdown_shown, 1 to show it.

typeset -g COUNTDOWN_PROMPT=
typeset -g _countdown_seen=unknown # the environment that the memo was made in
typeset -gi _countdown_until=0     # when the memo ends to hold
typeset -gi _countdown_since=0     # when it was read: an earlier time means a clock that was set
typeset -ga _countdown_files=()    # must be older than the memo
typeset -ga _countdown_absent=()   # must not exist
typeset -gi _countdown_later=0     # when to ask again after asking in vain
typeset -gi _countdown_pause=1     # how long to wait for that
# The first few of those files, as names are cheaper than elements. If there are more, what must be
# missing is a file that is always there, so that all are looked at.
typeset -g _countdown_1= _countdown_2= _countdown_3= _countdown_4= _countdown_5=
typeset -g _countdown_missing= _countdown_lacking=
zmodload zsh/datetime

# This runs at every prompt. Each name, test and file in it costs a hundredth of what it may cost.
_countdown_hook() {
    if ((EPOCHSECONDS < _countdown_until && EPOCHSECONDS >= _countdown_since)) &&
        [[ "${TZ-}|${LC_ALL-}|${LC_CTYPE-}|${LC_TIME-}|${LANG-}|${COUNTDOWN_TODAY-}|${COUNTDOWN_REGION-}|${COUNTDOWN_TIMEZONE-}|${COUNTDOWN_CATALOGUE-}" == "$_countdown_seen" &&
            (-z $_countdown_1 || $_countdown_memo -nt $_countdown_1) &&
            (-z $_countdown_2 || $_countdown_memo -nt $_countdown_2) &&
            (-z $_countdown_3 || $_countdown_memo -nt $_countdown_3) &&
            (-z $_countdown_4 || $_countdown_memo -nt $_countdown_4) &&
            (-z $_countdown_5 || $_countdown_memo -nt $_countdown_5) &&
            (-z $_countdown_missing || ! -e $_countdown_missing) &&
            (-z $_countdown_lacking || ! -e $_countdown_lacking) ]]; then
        :
    else
        _countdown_refresh
    fi
    if [[ -n $_countdown_shown ]]; then
        [[ ${psvar[97]-} == "$COUNTDOWN_PROMPT" && ${RPROMPT-} == *%97v* ]] || _countdown_place
    fi
}

# Whether the memo that was read holds, looked at without haste.
_countdown_holds() {
    emulate -L zsh
    local file
    ((now < _countdown_until && now >= _countdown_since)) || return 1
    for file in $_countdown_files; do
        [[ $_countdown_memo -nt $file ]] || return 1
    done
    for file in $_countdown_absent; do
        [[ ! -e $file ]] || return 1
    done
}

# Read the memo; start a process for another one only if that does not hold.
_countdown_refresh() {
    emulate -L zsh
    local -i now=$EPOCHSECONDS
    local environment="$TZ|$LC_ALL|$LC_CTYPE|$LC_TIME|$LANG|$COUNTDOWN_TODAY"
    environment+="|$COUNTDOWN_REGION|$COUNTDOWN_TIMEZONE|$COUNTDOWN_CATALOGUE"
    if [[ $_countdown_seen == unknown ]]; then
        _countdown_seen=$environment
        _countdown_read
    fi
    if [[ $environment == "$_countdown_seen" ]] && { _countdown_holds || ((now < _countdown_later)) }; then
        return
    fi
    COUNTDOWN_PROMPT=
    [[ -z $_countdown_shown ]] || psvar[97]= # With ksh_arrays, the hook looks at another one.
    _countdown_until=0
    _countdown_seen=$environment
    _countdown_memo=
    if [[ -x $_countdown_command[1] ]]; then
        _countdown_memo=$("${_countdown_command[@]}" 2>/dev/null </dev/null)
    fi
    if _countdown_read; then
        _countdown_pause=1 _countdown_later=0
    else
        _countdown_later=$((now + _countdown_pause))
        ((_countdown_pause >= 60)) || ((_countdown_pause *= 2))
    fi
}

# Take the memo at its word, if it is this user's, whole, and of the format known here.
_countdown_read() {
    emulate -L zsh
    local line rest until text
    local -a lines
    COUNTDOWN_PROMPT=
    _countdown_until=0
    _countdown_files=() _countdown_absent=()
    [[ -f $_countdown_memo && -O $_countdown_memo && ! -L $_countdown_memo ]] || return 1
    { lines=("${(@f)$(<$_countdown_memo)}") } 2>/dev/null
    [[ $lines[1] == 'countdown-memo 1' && $lines[-1] == end && ${#lines} -le 64 ]] || return 1
    for line in "${(@)lines[2,-2]}"; do
        rest=${line#* }
        case ${line%% *} in
            asked) ;;
            until) until=$rest ;;
            watch) _countdown_files+=("${${${rest#* }#* }#* }") ;;
            absent) _countdown_absent+=("$rest") ;;
            text) text=$rest ;;
            *) return 1 ;;
        esac
    done
    [[ $until == <1-99999999999999> && $text != *[[:cntrl:]]* ]] || return 1
    ((${#text} <= 8192 && now < until)) || return 1
    _countdown_1=$_countdown_files[1] _countdown_2=$_countdown_files[2]
    _countdown_3=$_countdown_files[3] _countdown_4=$_countdown_files[4]
    _countdown_5=$_countdown_files[5]
    _countdown_missing=$_countdown_absent[1] _countdown_lacking=$_countdown_absent[2]
    ((${#_countdown_files} <= 5 && ${#_countdown_absent} <= 2)) || _countdown_missing=/
    _countdown_until=$until
    _countdown_since=$now
    COUNTDOWN_PROMPT=$text
}

# Put a reference on the right, before whatever stands there. An element of psvar is shown as it is,
# whatever prompt_subst and the text itself say.
_countdown_place() {
    local percent=
    [[ -o prompt_percent ]] && percent=1 # Else it would be shown as it is.
    emulate -L zsh
    psvar[97]=$COUNTDOWN_PROMPT
    [[ -n $percent && $RPROMPT != *%97v* ]] || return 0
    local dim=$'%{\e[2m%}' plain=$'%{\e[0m%}'
    if [[ -n $NO_COLOR || $TERM == dumb ]]; then
        dim= plain=
    fi
    RPROMPT="%(97V.$dim%97v$plain.)${RPROMPT:+ $RPROMPT}"
}

autoload -Uz add-zsh-hook && add-zsh-hook precmd _countdown_hook
