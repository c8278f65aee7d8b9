"""TOML files, whatever they are about."""
