"""The domain: dates with precision, releases, outlooks. No I/O, no clock; only dateutil."""
