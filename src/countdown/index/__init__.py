"""The compiled catalogue: one disposable SQLite file in the cache folder."""
