"""Observed changes of releases and sent reminders, in a SQLite database that is kept."""
