"""The user's settings: config.toml, checked, compiled for the prompt, and changed with care."""
