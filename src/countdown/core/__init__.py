"""The domain: dates with precision, releases, what is left. No I/O, no clock, no libraries."""
