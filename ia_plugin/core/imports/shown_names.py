"""What a message may show of the names of columns: of a file without a header they are its first row, with a name in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Optional

from ..texts import shape_of
from .person_names import FAMILY, GIVEN
from .roles import KINDS, is_private
from .text_form import bare, plain
from .vocabulary import vocabulary

_OF_HEADERS = frozenset(
    "id ids uid pid oid fid gid no nos num number numbers ref refs reference name names code codes desc description type types date dates time times datetime timestamp "
    "utc gmt bst local lat lon long lng latitude longitude easting northing eastings northings coord coords coordinate coordinates grid lsoa msoa oa ward postcode address addr town "
    "surname forename first last full initials dob birth age range gender sex ethnicity ethnic self defined victim mobile email phone tel notes note comment comments remark remarks text "
    "narrative summary flag flags created modified updated accuracy heading speed bearing velocity kmh kph mph altitude issi gssi imei ssi alias user users collar shoulder warrant employee payroll "
    "objectid geom geometry shape wkt column field value values count counts total hash row rows rank title role valid from to start end begin finish valid until until since day month year hour "
    "minute weekday crime offence incident log event call stop search person subject outcome linked object legislation context falls fallswithin reported reportedby iscid cad oic urn niche "
    "fix fixes radius precision hdop satellites source system feed record message layer path angle area code nm cd key kind mode category subcategory class group status state priority grade recorded "
    "committed attending attended arrived closed opened opening closing removal outer clothing operation policing part more just than location street road place home custody unit team "
    "dept department division resource function function skill duty shift officer officers constable staff member badge number id lasto outcomecategory last lastoutcome crimetype column crimeid".split()
)


_SENTENCE = re.compile(r"[a-z_]{1,14}|[A-Za-z][a-z]{0,13}(?:[ _][a-z]{1,13}){1,4}")


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset(k for roles in KINDS.values() for role in roles for k in (role.name, *role.known)) | frozenset(
        KINDS
    )


def is_shown(name: object, sure: bool = False) -> bool:
    """Whether a column's name is one that columns have, so that it names nobody.

    With `sure` it stands in a row that surely is a header: then plain words in lower case ("seen", "Sort of thing") are
    names of columns too, where they are no names of persons.

    >>> [is_shown(n) for n in ("Collar No", "GPS_Lat", "DateTimeUTC", "Officer Name", "Zzyxworth", "Jane Roe")]
    [True, True, True, True, False, False]
    """
    text = str(name)
    if len(text) > 60 or not text.strip():
        return False
    if plain(text) in _known() or bare(text) in _known():
        return True
    words = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_]+", text)
    known = vocabulary(places=False).words
    if sure and _SENTENCE.fullmatch(text) and not {w.lower() for w in words} & (GIVEN | FAMILY):
        return True
    return any(not w.isdigit() for w in words) and all(
        (w.isdigit() and len(w) < 6)
        or len(w) == 1
        or w.lower() in known
        or w.lower() in _OF_HEADERS
        or is_private(w.lower())
        for w in words
    )


def shown_name(name: object, number: Optional[int] = None, sure: bool = False) -> str:
    """A column's name as a message may show it; of one that may be a value of the first row its place and shape.

    >>> shown_name("Collar No"), shown_name("Zzyxworth", 3)
    ('Collar No', "column 3 (like 'aaaaaaaaa')")
    """
    if is_shown(name, sure):
        return str(name)
    return f"column {number} (like {shape_of(name)!r})" if number else f"a column like {shape_of(name)!r}"


def shown_names(names: Iterable[object], sure: bool = False) -> str:
    """The names of a table's columns for a message, in their order; `sure` as of :func:`is_shown`."""
    return ", ".join(shown_name(n, i, sure) for i, n in enumerate(names, 1)) or "no columns"


def quoted_name(name: object) -> str:
    """A column's name between quotes where it may be shown, else its shape."""
    return repr(str(name)) if is_shown(name) else shown_name(name)


__all__ = ["is_shown", "quoted_name", "shown_name", "shown_names"]
