"""The days remaining outside of the program: in a shell's prompt, in status bars, behind Tab.

Nothing here loads click, or anything that loads the module re. These are run by other programs,
again and again, and each import is paid every time: see docs/performance.md.
"""
