"""Values that several tests of properties try."""

from typing import Final

from hypothesis import strategies as st

# Any that UTF-8 can write. Hypothesis's own alphabet is the same, but in a fresh clone it encodes
# each of a million characters first, which takes seconds.
CHARACTERS: Final = st.characters(exclude_categories=["Cs"])
TEXTS: Final = st.text(CHARACTERS)
