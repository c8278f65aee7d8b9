# shellcheck shell=bash disable=SC2154 # `countdown init bash` assigns variables before this script.
# The days remaining before the prompt of bash, by builtins alone: from a cache file, see cache.py.
# Assigned before: _countdown_command, the words that write a cache file and print its path;
# _countdown_cache, the path of the valid cache file, or nothing; _countdown_shown, 1 to show the
# answer in the prompt; _countdown_started, the time at which `countdown init` ran.

COUNTDOWN_PROMPT=
# Programs that draw the prompt, like starship, read only exported variables.
[[ -n $_countdown_shown ]] || export COUNTDOWN_PROMPT
_countdown_environment=unknown # that the cache file was written in
_countdown_until=0             # when the cache file goes out of date
_countdown_since=0             # when it was read; before, the clock was set back
_countdown_files=()            # must be older than the cache file
_countdown_absent=()           # must not exist
_countdown_later=0             # when to run the command again after it failed
_countdown_pause=1             # the seconds until then
_countdown_code=0              # the exit code of the user's last command
# The first of those files, since variables are cheaper than elements. If there are more, a file
# that always exists must be missing, so that the check fails and the slow one looks at all.
_countdown_1='' _countdown_2='' _countdown_3='' _countdown_4='' _countdown_5='' _countdown_6=''
_countdown_missing='' _countdown_lacking=''
_countdown_started=$((_countdown_started - SECONDS))

# This runs at every prompt: each name, test and file in it costs a hundredth of its budget.
# To -nt, a missing file is older than any other, so folders and the settings must also exist.
_countdown_hook() {
    _countdown_code=$?
    if ((EPOCHSECONDS < _countdown_until && EPOCHSECONDS >= _countdown_since)) &&
        [[ "${TZ-}|${LC_ALL-}|${LC_CTYPE-}|${LC_MESSAGES-}|${LC_TIME-}|${LANG-}|${LANGUAGE-}|${COUNTDOWN_TODAY-}|${COUNTDOWN_REGION-}|${COUNTDOWN_TIMEZONE-}|${COUNTDOWN_CATALOGUE-}" == "$_countdown_environment" &&
            (-z $_countdown_1 || $_countdown_cache -nt $_countdown_1) &&
            (-z $_countdown_2 || $_countdown_cache -nt $_countdown_2) &&
            (-z $_countdown_3 || $_countdown_cache -nt $_countdown_3 && -e $_countdown_3) &&
            (-z $_countdown_4 || $_countdown_cache -nt $_countdown_4 && -e $_countdown_4) &&
            (-z $_countdown_5 || $_countdown_cache -nt $_countdown_5 && -e $_countdown_5) &&
            (-z $_countdown_6 || $_countdown_cache -nt $_countdown_6 && -e $_countdown_6) &&
            (-z $_countdown_missing || ! -e $_countdown_missing) &&
            (-z $_countdown_lacking || ! -e $_countdown_lacking) ]]; then
        :
    else
        _countdown_refresh
    fi
    [[ -z $_countdown_shown || ${PS1-} == *COUNTDOWN_PROMPT* ]] || _countdown_place
    return "$_countdown_code"
}

# Return whether the cache file is valid: the slow check, of all files.
_countdown_is_valid() {
    local file
    ((now < _countdown_until && now >= _countdown_since)) || return 1
    for file in ${_countdown_files[@]+"${_countdown_files[@]}"}; do
        [[ $_countdown_cache -nt $file && -e $file ]] || return 1
    done
    for file in ${_countdown_absent[@]+"${_countdown_absent[@]}"}; do
        [[ ! -e $file ]] || return 1
    done
}

# The hook of bash before 5.0, which doesn't have EPOCHSECONDS.
_countdown_old_hook() {
    local code=$?
    if ! printf -v EPOCHSECONDS '%(%s)T' -1 2>/dev/null; then # before 4.2
        EPOCHSECONDS=$((_countdown_started + SECONDS))
    fi
    _countdown_hook || :
    return "$code"
}

# Read the cache file; start a process for a new one only if it isn't valid.
_countdown_refresh() {
    local now=${EPOCHSECONDS-}
    [[ -n $now && $now != *[!0-9]* ]] || return 0 # The user has unset it.
    local environment="${TZ-}|${LC_ALL-}|${LC_CTYPE-}|${LC_MESSAGES-}|${LC_TIME-}|${LANG-}|${LANGUAGE-}|${COUNTDOWN_TODAY-}"
    environment+="|${COUNTDOWN_REGION-}|${COUNTDOWN_TIMEZONE-}|${COUNTDOWN_CATALOGUE-}"
    if [[ $_countdown_environment == unknown ]]; then
        _countdown_environment=$environment
        _countdown_read || :
    fi
    if [[ $environment == "$_countdown_environment" ]] && { _countdown_is_valid || ((now < _countdown_later)); }; then
        return 0
    fi
    COUNTDOWN_PROMPT=
    _countdown_until=0
    _countdown_environment=$environment
    _countdown_cache=
    if [[ -x ${_countdown_command[0]} ]]; then
        # Bash itself prints a warning if the output has a NUL.
        { _countdown_cache=$("${_countdown_command[@]}" </dev/null); } 2>/dev/null || _countdown_cache=
    fi
    if _countdown_read; then
        _countdown_pause=1 _countdown_later=0
    else
        _countdown_later=$((now + _countdown_pause))
        ((_countdown_pause >= 60)) || _countdown_pause=$((_countdown_pause * 2))
    fi
}

# Read the cache file, if it is this user's, complete, and of the format that is known here.
_countdown_read() {
    local line first='' last='' kind until='' text='' count=0
    COUNTDOWN_PROMPT=
    _countdown_until=0
    _countdown_files=() _countdown_absent=()
    [[ -f $_countdown_cache && -O $_countdown_cache && ! -L $_countdown_cache ]] || return 1
    while IFS= read -r line; do
        count=$((count + 1))
        ((count <= 64 && ${#line} <= 8192)) || return 1
        [[ -n $first ]] || first=$line
        last=$line kind=${line%% *} line=${line#* }
        case $kind in
            countdown-cache | key | end) ;;
            until) until=$line ;;
            watch)
                line=${line#* }
                line=${line#* }
                _countdown_files+=("${line#* }")
                ;;
            absent) _countdown_absent+=("$line") ;;
            text) text=$line ;;
            *) return 1 ;;
        esac
    done <"$_countdown_cache"
    [[ $first == 'countdown-cache 1' && $last == end\ ???????? ]] || return 1
    [[ -n $until && $until != *[!0-9]* && ${#until} -lt 15 && $text != *[[:cntrl:]]* ]] || return 1
    ((now < until)) || return 1
    _countdown_1=${_countdown_files[0]-} _countdown_2=${_countdown_files[1]-}
    _countdown_3=${_countdown_files[2]-} _countdown_4=${_countdown_files[3]-}
    _countdown_5=${_countdown_files[4]-} _countdown_6=${_countdown_files[5]-}
    _countdown_missing=${_countdown_absent[0]-} _countdown_lacking=${_countdown_absent[1]-}
    ((${#_countdown_files[@]} <= 6 && ${#_countdown_absent[@]} <= 2)) || _countdown_missing=/
    _countdown_until=$until
    _countdown_since=$now
    # shellcheck disable=SC2034 # The prompt shows it: see below.
    COUNTDOWN_PROMPT=$text
}

# Put a reference before the prompt. Bash doesn't expand the text that it refers to.
_countdown_place() {
    shopt -q promptvars || return 0
    local dim='\[\e[2m\]' plain='\[\e[0m\]'
    if [[ -n ${NO_COLOR-} || ${TERM-} == dumb ]]; then
        dim='' plain=''
    fi
    # An assignment to a readonly PS1 would end the hook with an error at every prompt.
    printf -v PS1 %s "\${COUNTDOWN_PROMPT:+$dim\$COUNTDOWN_PROMPT$plain }${PS1-}" 2>/dev/null ||
        _countdown_shown=''
}

_countdown_install() {
    local hook=_countdown_hook
    [[ ${PROMPT_COMMAND[*]-} != *_countdown*hook* ]] || return 0
    ((BASH_VERSINFO[0] >= 5)) || hook=_countdown_old_hook
    if [[ "$(declare -p PROMPT_COMMAND 2>/dev/null)" == 'declare -a'* ]]; then
        PROMPT_COMMAND+=("$hook")
    else
        # shellcheck disable=SC2178,SC2128 # It isn't an array here.
        printf -v PROMPT_COMMAND %s "${PROMPT_COMMAND:+$PROMPT_COMMAND$'\n'}$hook" 2>/dev/null || :
    fi
}
_countdown_install
