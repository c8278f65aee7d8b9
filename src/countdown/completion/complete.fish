# Completion for fish. __countdown_program are the words that start the program.

function __countdown_complete
    set -l typed (commandline -opc)
    set -l current (commandline -ct)
    set -l lines ($__countdown_program _complete fish $typed[2..] "$current" 2>/dev/null </dev/null)
    if test "$lines[1]" = :files
        __fish_complete_path "$current"
    else
        printf '%s\n' $lines[2..]
    end
end
complete -c countdown -c release-countdown -f -a '(__countdown_complete)'

# Where PATH lacks the program, as with a virtual environment, functions have its names.
if not command -q countdown; and not functions -q countdown
    function countdown --description 'Count down to films and series'
        $__countdown_program $argv
    end
end
if not command -q release-countdown; and not functions -q release-countdown
    function release-countdown --description 'Count down to films and series'
        $__countdown_program $argv
    end
end
