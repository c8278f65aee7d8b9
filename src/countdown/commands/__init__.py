"""Commands, one a module: each asks the index, makes a view and prints it, or changes a file."""
