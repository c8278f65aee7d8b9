"""Facts about the program."""

import sys

# Parallel workers and what they start share it: without, each would rewrite 9,000 asserts itself.
sys.dont_write_bytecode = False
