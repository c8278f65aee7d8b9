"""Facts about the index and the questions it answers."""
