"""The days remaining in a shell's prompt and in status bars.

Shells and status bars run this again and again, and each run pays for every import: nothing here
loads click, or anything that loads the module re. See docs/performance.md.
"""
