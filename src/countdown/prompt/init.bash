# shellcheck shell=bash disable=SC2154 # What is not assigned here is assigned before.
# The days remaining before the prompt of bash, by builtins alone. `countdown init bash` puts
# before this what it was asked for: _countdown_command, the words that make a memo and print its
# path; _countdown_memo, the memo that holds already, or nothing; _countdown_shown, 1 to show it in
# the prompt; _countdown_started, the time at which it was asked.

COUNTDOWN_PROMPT=
_countdown_seen=unknown # the environment that the memo was made in
_countdown_until=0      # when the memo ends to hold
_countdown_since=0      # when it was read: an earlier time means a clock that was set
_countdown_files=()     # must be older than the memo
_countdown_absent=()    # must not exist
_countdown_later=0      # when to ask again after asking in vain
_countdown_pause=1      # how long to wait for that
_countdown_code=0       # what the user's last command returned
# The first few of those files, as names are cheaper than elements. If there are more, what must be
# missing is a file that is always there, so that all are looked at.
_countdown_1='' _countdown_2='' _countdown_3='' _countdown_4='' _countdown_5=''
_countdown_missing='' _countdown_lacking=''
_countdown_started=$((_countdown_started - SECONDS))

# This runs at every prompt. Each name, test and file in it costs a hundredth of what it may cost.
# To -nt, a file that is missing is older than any other, and so folders, and the settings, must be
# there besides.
_countdown_hook() {
    _countdown_code=$?
    if ((EPOCHSECONDS < _countdown_until && EPOCHSECONDS >= _countdown_since)) &&
        [[ "${TZ-}|${LC_ALL-}|${LC_CTYPE-}|${LC_TIME-}|${LANG-}|${COUNTDOWN_TODAY-}|${COUNTDOWN_REGION-}|${COUNTDOWN_TIMEZONE-}|${COUNTDOWN_CATALOGUE-}" == "$_countdown_seen" &&
            (-z $_countdown_1 || $_countdown_memo -nt $_countdown_1) &&
            (-z $_countdown_2 || $_countdown_memo -nt $_countdown_2) &&
            (-z $_countdown_3 || $_countdown_memo -nt $_countdown_3 && -e $_countdown_3) &&
            (-z $_countdown_4 || $_countdown_memo -nt $_countdown_4 && -e $_countdown_4) &&
            (-z $_countdown_5 || $_countdown_memo -nt $_countdown_5 && -e $_countdown_5) &&
            (-z $_countdown_missing || ! -e $_countdown_missing) &&
            (-z $_countdown_lacking || ! -e $_countdown_lacking) ]]; then
        :
    else
        _countdown_refresh
    fi
    [[ -z $_countdown_shown || ${PS1-} == *COUNTDOWN_PROMPT* ]] || _countdown_place
    return "$_countdown_code"
}

# Whether the memo that was read holds, looked at without haste.
_countdown_holds() {
    local file
    ((now < _countdown_until && now >= _countdown_since)) || return 1
    for file in ${_countdown_files[@]+"${_countdown_files[@]}"}; do
        [[ $_countdown_memo -nt $file && -e $file ]] || return 1
    done
    for file in ${_countdown_absent[@]+"${_countdown_absent[@]}"}; do
        [[ ! -e $file ]] || return 1
    done
}

# The hook of bash before 5.0, which has no variable that tells the time.
_countdown_old_hook() {
    local code=$?
    if ! printf -v EPOCHSECONDS '%(%s)T' -1 2>/dev/null; then # before 4.2
        EPOCHSECONDS=$((_countdown_started + SECONDS))
    fi
    _countdown_hook || :
    return "$code"
}

# Read the memo; start a process for another one only if that does not hold.
_countdown_refresh() {
    local now=${EPOCHSECONDS-}
    [[ -n $now && $now != *[!0-9]* ]] || return 0 # Somebody unset it.
    local environment="${TZ-}|${LC_ALL-}|${LC_CTYPE-}|${LC_TIME-}|${LANG-}|${COUNTDOWN_TODAY-}"
    environment+="|${COUNTDOWN_REGION-}|${COUNTDOWN_TIMEZONE-}|${COUNTDOWN_CATALOGUE-}"
    if [[ $_countdown_seen == unknown ]]; then
        _countdown_seen=$environment
        _countdown_read || :
    fi
    if [[ $environment == "$_countdown_seen" ]] && { _countdown_holds || ((now < _countdown_later)); }; then
        return 0
    fi
    COUNTDOWN_PROMPT=
    _countdown_until=0
    _countdown_seen=$environment
    _countdown_memo=
    if [[ -x ${_countdown_command[0]} ]]; then
        # Bash itself complains of a NUL in what it is told.
        { _countdown_memo=$("${_countdown_command[@]}" </dev/null); } 2>/dev/null || _countdown_memo=
    fi
    if _countdown_read; then
        _countdown_pause=1 _countdown_later=0
    else
        _countdown_later=$((now + _countdown_pause))
        ((_countdown_pause >= 60)) || _countdown_pause=$((_countdown_pause * 2))
    fi
}

# Take the memo at its word, if it is this user's, whole, and of the format known here.
_countdown_read() {
    local line first='' last='' kind until='' text='' count=0
    COUNTDOWN_PROMPT=
    _countdown_until=0
    _countdown_files=() _countdown_absent=()
    [[ -f $_countdown_memo && -O $_countdown_memo && ! -L $_countdown_memo ]] || return 1
    while IFS= read -r line; do
        count=$((count + 1))
        ((count <= 64 && ${#line} <= 8192)) || return 1
        [[ -n $first ]] || first=$line
        last=$line kind=${line%% *} line=${line#* }
        case $kind in
            countdown-memo | asked | end) ;;
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
    done <"$_countdown_memo"
    [[ $first == 'countdown-memo 1' && $last == end ]] || return 1
    [[ -n $until && $until != *[!0-9]* && ${#until} -lt 15 && $text != *[[:cntrl:]]* ]] || return 1
    ((now < until)) || return 1
    _countdown_1=${_countdown_files[0]-} _countdown_2=${_countdown_files[1]-}
    _countdown_3=${_countdown_files[2]-} _countdown_4=${_countdown_files[3]-}
    _countdown_5=${_countdown_files[4]-}
    _countdown_missing=${_countdown_absent[0]-} _countdown_lacking=${_countdown_absent[1]-}
    ((${#_countdown_files[@]} <= 5 && ${#_countdown_absent[@]} <= 2)) || _countdown_missing=/
    _countdown_until=$until
    _countdown_since=$now
    COUNTDOWN_PROMPT=$text
}

# Put a reference before the prompt. What it refers to is not read for anything to expand.
_countdown_place() {
    shopt -q promptvars || return 0
    local dim='\[\e[2m\]' plain='\[\e[0m\]'
    if [[ -n ${NO_COLOR-} || ${TERM-} == dumb ]]; then
        dim='' plain=''
    fi
    PS1="\${COUNTDOWN_PROMPT:+$dim\$COUNTDOWN_PROMPT$plain }${PS1-}"
}

_countdown_install() {
    local hook=_countdown_hook
    [[ ${PROMPT_COMMAND[*]-} != *_countdown*hook* ]] || return 0
    ((BASH_VERSINFO[0] >= 5)) || hook=_countdown_old_hook
    if [[ "$(declare -p PROMPT_COMMAND 2>/dev/null)" == 'declare -a'* ]]; then
        PROMPT_COMMAND+=("$hook")
    else
        # shellcheck disable=SC2178,SC2128 # It is no array here.
        PROMPT_COMMAND=${PROMPT_COMMAND:+$PROMPT_COMMAND$'\n'}$hook
    fi
}
_countdown_install
