"""The command line: the group of commands, and what commands share."""
