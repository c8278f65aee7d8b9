
# PATH lacks the program, as with a virtual environment: functions have its names.
@complete __countdown_complete
def --wrapped countdown [...words: string] {
    ^$__countdown_program.0 ...($__countdown_program | skip 1) ...$words
}
@complete __countdown_complete
def --wrapped release-countdown [...words: string] {
    ^$__countdown_program.0 ...($__countdown_program | skip 1) ...$words
}
