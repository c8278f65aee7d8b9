"""Other names that people use for keys of the format, in English and a few more languages.

Case, accents, blanks, hyphens and underscores don't matter: `releaseDate` is `release_date`.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from countdown.catalogue.schema import ANNOUNCED_DATE, CREDIT, IDS, MOVE, RELEASE, SOURCE
from countdown.core.text import fold


def compact(key: str) -> str:
    """*key* as it is compared with others: `Release Date` is `releasedate`."""
    return fold(key).replace(" ", "") if key.isprintable() else key


def _names(keys: Iterable[str], synonyms: Mapping[str, str]) -> dict[str, str]:
    """The key that each name means, by the name as it is compared."""
    others = {compact(name): key for key, names in synonyms.items() for name in names.split()}
    return others | {compact(key): key for key in keys}


ID_NAMES: Final = _names(
    IDS,
    {
        "imdb": "imdb_id imdb_url imdb_link",
        "tmdb": "tmdb_id tmdb_url the_movie_db themoviedb",
        "tvmaze": "tvmaze_id tvmaze_url",
        "wikidata": "wikidata_id wikidata_url qid",
    },
)
RELEASE_NAMES: Final = _names(
    RELEASE,
    {
        "id": "slug key identifier",
        "title": "name movie film show titel titulo titre titolo",
        "aliases": "alias aka akas also_known_as other_title other_titles alternative_title "
        "alternative_titles original_title original_name working_title originaltitel "
        "titulo_original",
        "kind": "type media_type category sort art tipo",
        "season": "season_number seasons staffel temporada saison stagione",
        "franchise": "franchises universe collection saga belongs_to_collection franquia",
        "sequel_to": "sequel_of follows previous predecessor continues",
        "platform": "platforms network networks streaming streamer streaming_service service "
        "services channel watch_on available_on plattform sender plataforma plateforme",
        "distributor": "distributors distributed_by distribution verleih distribuidora",
        "studio": "studios production_company production_companies company companies made_by "
        "produktion estudio",
        "country": "countries origin_country country_of_origin production_countries made_in land "
        "pais pays paese",
        "director": "directors directed_by regie regisseur regisseurin direcao diretor diretora "
        "direccion realisateur regia",
        "writer": "writers written_by screenplay screenplay_by screenwriter screenwriters script "
        "author authors drehbuch roteiro roteirista guion guionista",
        "creator": "creators created_by showrunner showrunners criador",
        "cast": "actors actor actress actresses starring stars star with cast_members elenco "
        "atores besetzung darsteller schauspieler mit reparto actores acteurs",
        "synopsis": "plot overview description summary logline story inhalt handlung sinopse "
        "sinopsis",
        "stage": "status state progress production_status stand estado",
        "stage_since": "since status_since stage_date status_date seit",
        "stage_note": "note notes comment comments remark status_note notiz nota",
        "expected": "expected_date rumored_date rumoured_date rumored_for estimated estimate",
        "date": "release release_date released releases_on release_day opens premieres out due "
        "when coming air_date airdate first_air_date day datum start kinostart erscheint estreia "
        "data lancamento data_de_lancamento estreno fecha sortie date_de_sortie uscita",
        "dates": "release_dates releases by_region by_country premieres_on termine datas",
        "moves": "moved delays delay history date_changes changes",
        "unverified": "unconfirmed not_verified not_confirmed",
        "checked": "last_checked checked_on verified verified_on as_of last_updated updated",
        "sources": "source url urls link links website homepage reference references quelle "
        "quellen fonte fontes",
        "ids": "external_ids identifiers",
        "hidden": "hide",
        "was": "former_ids formerly old_ids",
        "complete": "completes completed_on finale finale_date last_episode season_finale",
        "cadence": "release_pattern schedule rollout",
        "titles": "translations translated_titles local_titles",
    },
)
DATE_NAMES: Final = _names(
    ANNOUNCED_DATE,
    {
        "date": "day when on release_date released out datum data",
        "region": "country where territory market iso_3166_1 land pais",
        "type": "kind how medium release_type art tipo",
    },
)
MOVE_NAMES: Final = _names(
    MOVE,
    {
        "from": "old before was previously old_date von de",
        "to": "new after now new_date nach para",
        "announced": "on when date announced_on day",
        "source": "url link",
    },
)
CREDIT_NAMES: Final = _names(
    CREDIT,
    {
        "name": "actor actress person who nome",
        "role": "character as part plays playing rolle papel personagem",
    },
)
SOURCE_NAMES: Final = _names(
    SOURCE, {"url": "link address href page source", "date": "on day when published read"}
)
TOP_NAMES: Final = _names(
    ("format", "checked"),
    {"format": "version format_version", "checked": "last_checked checked_on updated as_of"},
)
# The kind of the entries under such a key; empty if it doesn't say.
ENTRY_KINDS: Final = {
    compact(name): kind
    for kind, names in {
        "": "release releases entry entries item items title upcoming",
        "film": "film films movie movies filme filmes pelicula peliculas",
        "series": "series show shows tv tv_show tv_shows tv_series serie serien series_tv",
        "season": "season seasons staffel staffeln temporada temporadas",
        "special": "special specials",
        "short": "short shorts",
    }.items()
    for name in names.split()
}
