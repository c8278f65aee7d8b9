"""The layers of sources, for commands that read catalogues themselves instead of the index."""

import time
from datetime import UTC, date, datetime

from countdown.catalogue import source_reading
from countdown.catalogue.layer import Layer
from countdown.stamps import CatalogueFiles


def usable_layers(files: CatalogueFiles) -> list[Layer]:
    """Those of *files* that may be used today, without problems: they are nobody's to mend."""
    return [
        layer._replace(source=layer.source and layer.source._replace(problems=()))
        for layer in source_reading.layers_of(files, licence_day())
    ]


def licence_day() -> date:
    """Today in UTC, as licences mean it, whatever --as-of says."""
    return datetime.fromtimestamp(time.time(), UTC).date()
