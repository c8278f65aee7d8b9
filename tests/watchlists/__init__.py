"""Facts about lists of other programs."""
