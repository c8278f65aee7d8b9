"""Releases as files for other programs, and for this one. Pure, no I/O."""
