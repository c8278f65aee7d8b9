"""The user's settings: config.toml is checked, cached for the prompt, and edited in place."""
