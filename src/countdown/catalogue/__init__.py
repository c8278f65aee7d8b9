"""TOML catalogues: read, checked, merged."""
