"""What a catalogue is recognised by when it's asked again: its place, answer and layer.

Without them, the validators of one address would be sent to another, and a damaged layer would stay
as long as its source doesn't change.
"""

import hashlib
from typing import Final, NamedTuple

from countdown.config.source_settings import SourceSetting
from countdown.refresh.state import SourceState

_NONE: Final = "-"


class Fingerprints(NamedTuple):
    """Hashes of the last *answer*, of the *layer* that was made of it, and of where it came from.

    Of an older version, only that of the answer may be known.
    """

    answer: str = _NONE
    layer: str = _NONE
    place: str = _NONE

    def __str__(self) -> str:
        """As `parse` reads it."""
        return " ".join(self)

    @property
    def has_moved(self) -> bool:
        """True if nothing was read yet from where the source is now."""
        return self.place != _NONE and self.answer == _NONE


def parse(text: str | None) -> Fingerprints:
    """The fingerprints in *text*, as the state of a source keeps them."""
    return Fingerprints(*(text or "").split()[:3])


def of_answer(source: SourceSetting, answer: str, layer: bytes) -> Fingerprints:
    """Those of the *layer* of an answer of *source* that has the hash *answer*."""
    return Fingerprints(answer, of_layer(layer), _place(source))


def of_layer(data: bytes) -> str:
    """The hash of a layer."""
    return hashlib.sha256(data).hexdigest()


def where_it_is(source: SourceSetting, known: SourceState) -> SourceState:
    """What is *known* of *source*; nothing of it if that was read elsewhere."""
    if parse(known.sha256).place in (_NONE, _place(source)):
        return known
    return SourceState(sha256=str(Fingerprints(place=_place(source))))


def _place(source: SourceSetting) -> str:
    text = repr((source.kind, source.url, source.file))
    return hashlib.sha256(text.encode()).hexdigest()
