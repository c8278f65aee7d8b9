"""HTTP for the sources of live facts: one `get`, which a bad server can neither stop nor fill."""
