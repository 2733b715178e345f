"""Keyed pseudonyms: collar numbers leave the import only as these (HMAC-SHA256, RFC 2104)."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from typing import Any, Callable, Optional, Union

import numpy as np
import pandas as pd

from .errors import PrivacyError
from .key_strength import check_strength
from .references import between_blanks, between_slashes, codes_of, officer_reference, officers_of, reference
from .texts import texts
from .times.civil import pandas_zone

KEY_FILE_VARIABLE = "IMPACTAREAS_KEY_FILE"
SHORTEST_KEY, LONGEST_KEY = 16, 1 << 16  # bytes
FORM = r"^p[0-9a-f]{24}$"  # of an officer's pseudonym
DAY_FORM = r"^d[0-9a-f]{16}$"  # of an officer-day id


class Key:
    """The force's secret. It shows itself nowhere: not in a repr, an error or a log.

    Raises
    ------
    PrivacyError
        for a key that is too short.
    """

    __slots__ = ("_secret",)

    def __init__(self, secret: bytes) -> None:
        if len(secret) < SHORTEST_KEY:
            raise PrivacyError(
                f"The key is too short ({len(secret)} bytes).",
                f"Use at least {SHORTEST_KEY} random bytes, kept outside project and data.",
            )
        self._secret = secret

    def __repr__(self) -> str:
        return f"Key(fingerprint={self.fingerprint!r})"

    @property
    def fingerprint(self) -> str:
        """Twelve hex digits that tell one key from another and nothing more."""
        return self.digest("fingerprint of the key", 12)

    def digest(self, text: str, digits: int) -> str:
        """The first `digits` of the keyed digest (HMAC-SHA256) of a text, in hexadecimal."""
        return hmac.new(self._secret, text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()[:digits]


def one_off_key() -> Key:
    """A key for one run, for previews: its pseudonyms cannot be joined with another run."""
    return Key(secrets.token_bytes(32))


def strong_key(secret: bytes) -> Key:
    """The key that a person has set up, for every door it comes in by.

    Raises
    ------
    PrivacyError
        for a key that is too short, or that can be guessed (see :mod:`.key_strength`).
    """
    key = Key(secret)
    check_strength(secret)
    return key


def load_key(environ: Mapping[str, str]) -> Optional[Key]:
    """The key of the file named by IMPACTAREAS_KEY_FILE; None where that is not set.

    Raises
    ------
    PrivacyError
        when the file cannot be read, or its key is too short or can be guessed.
    """
    name = environ.get(KEY_FILE_VARIABLE, "").strip()
    if not name:
        return None
    try:
        with open(name, "rb") as file:
            secret = file.read(LONGEST_KEY + 1)
    except OSError as error:
        raise PrivacyError(
            f"The key file {name!r} cannot be read ({error.strerror}).",
            f"Set {KEY_FILE_VARIABLE} to the force's key file.",
        ) from None
    if len(secret) > LONGEST_KEY:
        raise PrivacyError(
            f"The file {name!r} is no key: it is longer than {LONGEST_KEY:,} bytes.",
            f"Set {KEY_FILE_VARIABLE} to the force's key file.",
        )
    return strong_key(secret.strip())


def pseudonymise(values: pd.Series, key: Key) -> pd.Series:
    """Pseudonyms of collar numbers; the same officer has the same one however the number was written.

    Parameters
    ----------
    values : collar numbers as text or numbers, each read by :func:`~ia_plugin.core.references.officer_reference`: 123.0, '123',
        '123.0' and ' 123 ' are one officer, NULL is none; letters' case does not count
    key : Key

    Returns
    -------
    Series of the form ``p`` + 24 hex digits; missing stays missing.
    """
    codes, uniques = _distinct(values)
    words = pd.Series([*(_pseudonym(u, key) for u in uniques), None], dtype=object)
    return pd.Series(words.to_numpy()[codes], index=values.index, name=values.name, dtype=object)


def _distinct(values: pd.Series) -> tuple[Any, Any]:
    """Codes, -1 where missing, and the distinct values they stand for, each as it is."""
    codes, uniques = codes_of(values)
    return codes, np.asarray(uniques, dtype=object)


def _pseudonym(value: Any, key: Key) -> Optional[str]:
    word = officer_reference(value)
    return "p" + key.digest(f"officer {word.upper()}", 24) if word else None


KeyOrMaker = Union[Key, Callable[[], Key]]


def as_pseudonyms(values: pd.Series, key: KeyOrMaker) -> pd.Series:
    """Officers under pseudonyms: a value that has a pseudonym's form stays, any other becomes one.

    This is the one rule for every door. It looks at each value by itself, so neither a blank nor a collar number in the
    same column changes what becomes of the others, and doing it twice does no more than doing it once.

    Parameters
    ----------
    values : collar numbers, pseudonyms or both, as text or numbers
    key : Key, or a function that gives one; called only where some value needs it

    Returns
    -------
    Series of pseudonyms; missing stays missing.

    Examples
    --------
    >>> key = Key(b"sixteen bytes or more")
    >>> known = pseudonymise(pd.Series(["1234"]), key)[0]
    >>> as_pseudonyms(pd.Series([known, "1234", None]), key).tolist() == [known, known, None]
    True
    """
    codes, uniques = _distinct(values)
    words = pd.Series(uniques, dtype=object)
    plain = ~is_pseudonym(words).to_numpy() if len(words) else np.zeros(0, dtype=bool)
    if plain.any():
        words[plain] = pseudonymise(words[plain], key if isinstance(key, Key) else key())
    found = np.array([*words, None], dtype=object)[codes]
    return pd.Series(found, index=values.index, name=values.name, dtype=object)


def officer_references(
    values: pd.Series,
    key: KeyOrMaker,
    *,
    blank_parts: bool = False,
    tell: Callable[[str, int], None] = lambda _what, _n: None,
) -> pd.Series:
    """Pseudonyms of the officers that each value names, blank between, each once.

    Parameters
    ----------
    values : references to officers; several in one value are separated by ; , / | & or a new line
    key : as in :func:`as_pseudonyms`
    blank_parts : whether blanks part officers too, as in the events table. In an extract a collar number may hold one
        ("WM 1234"); there blanks part pseudonyms only
    tell : as of :func:`~ia_plugin.core.references.officers_of`, counting the distinct references

    Returns
    -------
    Series of text; missing where a value names nobody.
    """
    codes, uniques = _distinct(values)
    parts = [_references(value, blank_parts) for value in uniques]
    flat = officers_of(pd.Series([p for several in parts for p in several], dtype=object), tell)
    made = iter(as_pseudonyms(flat, key))
    named = [[p for p in (next(made) for _ in several) if p] for several in parts]
    words = [" ".join(dict.fromkeys(several)) or None for several in named]
    return pd.Series(np.array([*words, None], dtype=object)[codes], index=values.index, dtype=object)


def _references(value: Any, blank_parts: bool) -> list[str]:
    """The officers one value names."""
    found: list[str] = []
    # What stands for nothing goes before the slashes part: "N/A" is no officer N and no officer A.
    several = [p for p in re.split(r"[;,|&\n]+", reference(value) or "") if officer_reference(p)]
    for part in filter(None, map(officer_reference, between_slashes("/".join(several)))):
        tokens = between_blanks(part)
        apart = blank_parts or all(re.match(f"{FORM}|{DAY_FORM}", token) for token in tokens)
        found += tokens if apart else [part]
    return found


def is_pseudonym(values: pd.Series) -> pd.Series:
    """True where a value has the form of a pseudonym, an officer's or an officer-day's."""
    return _has_form(values, f"{FORM}|{DAY_FORM}")


def is_officer_day(values: pd.Series) -> pd.Series:
    """True where a value has the form of an officer-day id."""
    return _has_form(values, DAY_FORM)


def _has_form(values: pd.Series, form: str) -> pd.Series:
    """Whether each value as text begins with `form`; asked of each distinct text once, for officers repeat."""
    codes, found = pd.factorize(values)
    words = texts(pd.Series(found))
    fits = np.array([*(re.match(form, word) is not None for word in words), False], dtype=bool)  # missing ones are -1
    return pd.Series(fits[codes], index=values.index, name=values.name, dtype=bool)


def officer_day(officer: pd.Series, time: pd.Series, timezone: str, key: Optional[Key] = None) -> pd.Series:
    """An id of an officer on one civil day: the same within the day, and without the key no link to another day.

    Parameters
    ----------
    officer : pseudonyms
    time : datetime64[ns, UTC]
    timezone : IANA name
    key : Key; without one the ids hold for this call only
    """
    key = key or one_off_key()
    civil = time.dt.tz_convert(pandas_zone(timezone)).dt.tz_localize(None)
    day = civil.dt.normalize().astype("datetime64[ns]").astype("int64") // 86_400_000_000_000
    table = pd.DataFrame({"officer": officer.astype(object).to_numpy(), "day": day.to_numpy()})
    group = table.groupby(["officer", "day"], sort=False).ngroup().to_numpy()
    pairs = table.drop_duplicates()
    words = ["d" + key.digest(f"officer-day {o} {d}", 16) for o, d in zip(pairs["officer"], pairs["day"])]
    return pd.Series(pd.Series(words, dtype=object).to_numpy()[group], index=officer.index, dtype=object)
