"""The checked values of config.toml: plain ones, which the prompt loads quickly."""

TYPE_CHECKING = False  # The prompt and tab completion come this way without typing: see entry.
if TYPE_CHECKING:
    from typing import Final

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

    __slots__ = ("date_style", "follows", "format", "prompt_format", "region", "theme", "timezone")

    def __init__(
        self,
        *,
        region: str | None = None,
        timezone: str | None = None,
        date_style: str | None = None,
        theme: str | None = None,
        format: str | None = None,
        prompt_format: str | None = None,
        follows: Follows = (),
    ) -> None:
        self.region = region
        self.timezone = timezone
        self.date_style = date_style
        self.theme = theme
        self.format = format
        self.prompt_format = prompt_format
        self.follows = follows

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Settings) and all(
            getattr(self, name) == getattr(other, name) for name in self.__slots__
        )

    __hash__ = None  # type: ignore[assignment]  # compared, but never a key
