"""Facts about the program."""
