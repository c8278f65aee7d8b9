"""The history of a release's date: what the catalogue records, and what the journal has seen."""

from countdown.cli import journal_queries
from countdown.cli.session import Session
from countdown.core.effective_date import home_market
from countdown.core.history import HistoryStep, history
from countdown.core.outlook import Outlook


def history_of(outlook: Outlook, current: Session) -> tuple[HistoryStep, ...]:
    """The steps of the date of *outlook*, as a fan in the region of *current* saw them."""
    release = outlook.release
    observed = journal_queries.observed_moves(current, release.id)
    return history(
        release.moves,
        observed,
        region=current.region,
        zone=current.now.zone,
        home=home_market(release),
    )
