"""The tables of the database of what was asked of sources."""

from typing import Final

TABLE_NAMES: Final = ("source", "entity", "pending", "lookup", "label", "limited", "failure")
# Tables that older programs don't have, and leave alone.
LATER_TABLES: Final = """
    CREATE TABLE IF NOT EXISTS limited (
        source TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (source, id)
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS failure (
        source TEXT NOT NULL, id TEXT NOT NULL, times INTEGER NOT NULL, last INTEGER NOT NULL,
        PRIMARY KEY (source, id)
    ) WITHOUT ROWID;
"""
TABLES: Final = """
    CREATE TABLE source (
        name TEXT PRIMARY KEY, read INTEGER, next INTEGER, failures INTEGER NOT NULL,
        error TEXT NOT NULL, etag TEXT, modified TEXT, sha256 TEXT, serial INTEGER
    );
    CREATE TABLE entity (
        source TEXT NOT NULL, id TEXT NOT NULL, revision INTEGER, checked INTEGER, read INTEGER,
        missing_since INTEGER, PRIMARY KEY (source, id)
    ) WITHOUT ROWID;
    CREATE TABLE pending (
        source TEXT NOT NULL, id TEXT NOT NULL, tables BLOB NOT NULL, PRIMARY KEY (source, id)
    ) WITHOUT ROWID;
    CREATE TABLE lookup (
        source TEXT NOT NULL, key TEXT NOT NULL, id TEXT, found TEXT NOT NULL,
        checked INTEGER NOT NULL, PRIMARY KEY (source, key)
    ) WITHOUT ROWID;
    CREATE TABLE label (
        source TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (source, id)
    ) WITHOUT ROWID;
"""
