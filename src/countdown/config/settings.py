"""The checked values of config.toml: plain ones, which the prompt loads quickly."""

TYPE_CHECKING = False  # The prompt and tab completion come this way without typing: see entry.
if TYPE_CHECKING:
    from typing import Final

    from countdown.config.source_settings import SourceSetting

FOLLOW_SORTS: "Final" = (
    "person",
    "director",
    "title",
    "franchise",
    "platform",
)  # kinds of names to follow

Follows = tuple[tuple[str, str], ...]  # sort and name, as index/names.py looks them up


class Settings:
    """The settings of a user; None where config.toml sets nothing."""

    __slots__ = (
        "contact",
        "date_style",
        "follows",
        "format",
        "prompt_format",
        "region",
        "source_lines",
        "theme",
        "timezone",
    )

    def __init__(
        self,
        *,
        region: str | None = None,
        timezone: str | None = None,
        date_style: str | None = None,
        theme: str | None = None,
        format: str | None = None,
        prompt_format: str | None = None,
        contact: str | None = None,
        follows: Follows = (),
        sources: "tuple[SourceSetting, ...]" = (),
        source_lines: tuple[str, ...] = (),
    ) -> None:
        self.region = region
        self.timezone = timezone
        self.date_style = date_style
        self.theme = theme
        self.format = format
        self.prompt_format = prompt_format
        self.contact = contact
        self.follows = follows
        self.source_lines = source_lines or tuple([source.line for source in sources])

    @property
    def sources(self) -> "tuple[SourceSetting, ...]":
        """The sources of config.toml; those that are on are `source_settings.effective_sources`."""
        from countdown.config.source_settings import from_line  # Deferred: few commands need them.

        return tuple([from_line(line) for line in self.source_lines])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Settings) and all(
            getattr(self, name) == getattr(other, name) for name in self.__slots__
        )

    __hash__ = None  # type: ignore[assignment]  # compared, but never a key
