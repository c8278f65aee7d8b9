"""TOML files: parsed, with the place of each problem, and edited in place. Nothing of releases."""
