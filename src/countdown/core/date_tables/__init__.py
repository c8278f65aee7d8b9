"""Dates in other languages than English, a module a language: names, order, words for windows.

scripts/date_tables.py writes these from the Unicode CLDR, version 47. LICENSE is the
licence of that data, whose copyright and permission notice it carries.
"""
