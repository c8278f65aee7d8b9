"""`python -m countdown`."""

import sys

from countdown.entry import main

if __name__ == "__main__":
    sys.exit(main())
