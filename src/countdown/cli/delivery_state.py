"""The reminders that a recipient of `remind` got, and those still to be delivered."""

from collections.abc import Collection

from countdown.core.changes import ObservedChange
from countdown.journal.deliveries import DeliveryKey, Recipient


class DeliveryState:
    """The reminders *delivered* to a recipient, and the *changes* that aren't yet, by key.

    The caller appends to *new_deliveries* the keys of reminders delivered in this run, and sets
    *is_complete* once none is left. *problem* says why the state can't be kept; empty if it can.

    *newest* is the key of the last observation in *changes*. *first* is the first day, an ordinal,
    with milestones that may be left. *dated* has the day on which releases got their date, by id,
    since the last run; *completed* that on which they got the one of their last episode.
    """

    def __init__(self, today: int, problem: str = "") -> None:
        """*today* is the ordinal of the session's day."""
        self.recipient = Recipient(0, None, None, {})
        self.delivered: set[DeliveryKey] = set()
        self.changes: dict[DeliveryKey, ObservedChange] = {}
        self.new_deliveries: list[DeliveryKey] = []
        self.is_complete = False
        self.problem = problem
        self.newest = 0
        self.first = today
        self.dated: dict[str, int] = {}
        self.completed: dict[str, int] = {}

    def is_missed(self, day: int, ahead: int, known: int) -> bool:
        """True if the milestone *ahead* days before a release was missed on its *day*.

        A milestone is missed if no run was complete on its *day*, which is past, although the
        recipient had asked for it and the date was *known*, since a day that is an ordinal.
        """
        since = self.recipient.milestones.get(ahead)
        return since is not None and max(self.first, since, known) <= day

    def last_milestone(
        self, day: int, known: int | None, days_ahead: Collection[int], today: int
    ) -> tuple[int, int] | None:
        """The last milestone of a release out on *day*, as its own day and the days ahead.

        It is of *today*, or a missed one; None if none is to be delivered. The release's day is
        *known* since that day, an ordinal; None is before the last run.
        """
        return max(
            (
                (day - ahead, ahead)
                for ahead in days_ahead
                if day - ahead == today
                or (day - ahead < today and self.is_missed(day - ahead, ahead, known or 0))
            ),
            default=None,
        )

    def is_delivered(self, day: int, has_instant: bool, text: str) -> bool:
        """True if the milestone of that *day* was delivered; *text* is the rest of its key.

        If the release *has_instant*, the day depends on the time zone of the run.
        """
        spread = 1 if has_instant else 0
        keys = ((near, text) for near in range(day - spread, day + spread + 1))
        return not self.delivered.isdisjoint(keys)
