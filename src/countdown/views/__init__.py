"""Screens: each a function from outlooks to blocks of styled text, which a format draws."""
