"""The program's version, readable without importing package metadata (38 ms)."""

VERSION = "0.1.0"
