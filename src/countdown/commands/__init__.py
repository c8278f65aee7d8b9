"""A module per command: each queries the index and prints a view, or changes a file."""
