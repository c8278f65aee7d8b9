# The days remaining on the right of zsh's prompt, by builtins alone: from a cache file, see
# cache.py. `countdown init zsh` assigns before this script: _countdown_command, the words that
# write a cache file and print its path; _countdown_cache, the path of the valid cache file, or
# nothing; _countdown_shown, 1 to show the answer in the prompt.

typeset -g COUNTDOWN_PROMPT=
# Programs that draw the prompt, like starship, read only exported variables.
[[ -n $_countdown_shown ]] || typeset -gx COUNTDOWN_PROMPT
typeset -g _countdown_environment=unknown # that the cache file was written in
typeset -gi _countdown_until=0            # when the cache file goes out of date
typeset -gi _countdown_since=0            # when it was read; before, the clock was set back
typeset -ga _countdown_files=()           # must be older than the cache file
typeset -ga _countdown_absent=()          # must not exist
typeset -gi _countdown_later=0            # when to run the command again after it failed
typeset -gi _countdown_pause=1            # the seconds until then
# The first of those files, since variables are cheaper than elements. If there are more, a file
# that always exists must be missing, so that the check fails and the slow one looks at all.
typeset -g _countdown_1= _countdown_2= _countdown_3= _countdown_4= _countdown_5= _countdown_6=
typeset -g _countdown_missing= _countdown_lacking=
zmodload zsh/datetime

# This runs at every prompt: each name, test and file in it costs a hundredth of its budget.
_countdown_hook() {
    if ((EPOCHSECONDS < _countdown_until && EPOCHSECONDS >= _countdown_since)) &&
        [[ "${TZ-}|${LC_ALL-}|${LC_CTYPE-}|${LC_MESSAGES-}|${LC_TIME-}|${LANG-}|${LANGUAGE-}|${COUNTDOWN_TODAY-}|${COUNTDOWN_REGION-}|${COUNTDOWN_TIMEZONE-}|${COUNTDOWN_CATALOGUE-}" == "$_countdown_environment" &&
            (-z $_countdown_1 || $_countdown_cache -nt $_countdown_1) &&
            (-z $_countdown_2 || $_countdown_cache -nt $_countdown_2) &&
            (-z $_countdown_3 || $_countdown_cache -nt $_countdown_3) &&
            (-z $_countdown_4 || $_countdown_cache -nt $_countdown_4) &&
            (-z $_countdown_5 || $_countdown_cache -nt $_countdown_5) &&
            (-z $_countdown_6 || $_countdown_cache -nt $_countdown_6) &&
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

# Return whether the cache file is valid: the slow check, of all files.
_countdown_is_valid() {
    emulate -L zsh
    local file
    ((now < _countdown_until && now >= _countdown_since)) || return 1
    for file in $_countdown_files; do
        [[ $_countdown_cache -nt $file ]] || return 1
    done
    for file in $_countdown_absent; do
        [[ ! -e $file ]] || return 1
    done
}

# Read the cache file; start a process for a new one only if it isn't valid.
_countdown_refresh() {
    emulate -L zsh
    local -i now=$EPOCHSECONDS
    local environment="$TZ|$LC_ALL|$LC_CTYPE|$LC_MESSAGES|$LC_TIME|$LANG|$LANGUAGE|$COUNTDOWN_TODAY"
    environment+="|$COUNTDOWN_REGION|$COUNTDOWN_TIMEZONE|$COUNTDOWN_CATALOGUE"
    if [[ $_countdown_environment == unknown ]]; then
        _countdown_environment=$environment
        _countdown_read
    fi
    if [[ $environment == "$_countdown_environment" ]] && { _countdown_is_valid || ((now < _countdown_later)) }; then
        return
    fi
    COUNTDOWN_PROMPT=
    [[ -z $_countdown_shown ]] || psvar[97]= # With ksh_arrays, the hook looks at psvar[98].
    _countdown_until=0
    _countdown_environment=$environment
    _countdown_cache=
    if [[ -x $_countdown_command[1] ]]; then
        _countdown_cache=$("${_countdown_command[@]}" 2>/dev/null </dev/null)
    fi
    if _countdown_read; then
        _countdown_pause=1 _countdown_later=0
    else
        _countdown_later=$((now + _countdown_pause))
        ((_countdown_pause >= 60)) || ((_countdown_pause *= 2))
    fi
}

# Read the cache file, if it is this user's, complete, and of the format that is known here.
_countdown_read() {
    emulate -L zsh
    local line rest until text
    local -a lines
    COUNTDOWN_PROMPT=
    _countdown_until=0
    _countdown_files=() _countdown_absent=()
    [[ -f $_countdown_cache && -O $_countdown_cache && ! -L $_countdown_cache ]] || return 1
    { lines=("${(@f)$(<$_countdown_cache)}") } 2>/dev/null
    [[ $lines[1] == 'countdown-cache 1' && $lines[-1] == end\ ???????? && ${#lines} -le 64 ]] || return 1
    for line in "${(@)lines[2,-2]}"; do
        rest=${line#* }
        case ${line%% *} in
            key) ;;
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
    _countdown_5=$_countdown_files[5] _countdown_6=$_countdown_files[6]
    _countdown_missing=$_countdown_absent[1] _countdown_lacking=$_countdown_absent[2]
    ((${#_countdown_files} <= 6 && ${#_countdown_absent} <= 2)) || _countdown_missing=/
    _countdown_until=$until
    _countdown_since=$now
    COUNTDOWN_PROMPT=$text
}

# Put a reference on the right, before the user's own right prompt. An element of psvar is shown as
# it is, whatever its text and prompt_subst are.
_countdown_place() {
    local percent=
    [[ -o prompt_percent ]] && percent=1 # Without it, the reference itself would be shown.
    emulate -L zsh
    psvar[97]=$COUNTDOWN_PROMPT
    [[ -n $percent && $RPROMPT != *%97v* ]] || return 0
    local dim=$'%{\e[2m%}' plain=$'%{\e[0m%}'
    if [[ -n $NO_COLOR || $TERM == dumb ]]; then
        dim= plain=
    fi
    # An assignment to a readonly RPROMPT would end the hook with an error at every prompt.
    {
        { RPROMPT="%(97V.$dim%97v$plain.)${RPROMPT:+ $RPROMPT}" } 2>/dev/null
    } always {
        if ((TRY_BLOCK_ERROR)); then
            _countdown_shown=
        fi
        TRY_BLOCK_ERROR=0
    }
}

autoload -Uz add-zsh-hook && add-zsh-hook precmd _countdown_hook
