"""The days remaining in a shell's prompt and in status bars.

Other programs run this again and again and pay for each import every time: nothing here loads
click, or anything that loads the module re. See docs/performance.md.
"""
