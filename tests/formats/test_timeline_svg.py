"""Timelines in SVG: what the sources of their facts ask for."""

from countdown.core.release import Provider
from countdown.formats import timeline_svg
from countdown.views.person import Person
from tests.views.releases import CONTEXT, film, outlook_of


def test_sources_are_credited_below() -> None:
    """Once each, as their licences ask; those that gave no facts aren't."""
    used = Provider("tvmaze", credit="Data from <TVmaze>", facts=("dates",))
    unused = Provider("other", credit="Other")
    outlooks = [
        outlook_of(film(title, "2022-08-01", providers=(used, unused))) for title in ("A", "B")
    ]
    person = Person("Name", outlooks, outlooks)
    picture = timeline_svg.draw([person], CONTEXT, title="Name", followed=frozenset())
    assert picture.count("Data from &lt;TVmaze&gt;</text>") == 1
    assert "Other" not in picture
