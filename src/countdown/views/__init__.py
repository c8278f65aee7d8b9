"""Screens: what each command shows, as blocks of styled text, before a format draws it."""
