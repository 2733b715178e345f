"""The shipped vocabulary: words of kinds of crime, incident, search and unit that name nobody (``resources/words``).

What units are called after stands beside it: places of Britain. A value is made of them where it is made of nothing else
but numbers and single letters ("Dudley CID", "Sandwell NPT 4"), or where it is a code alone ("B2", "R 14").
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from ..resources import resource_text

_WORDS, _NAMES_TOO, _PHRASES, _ALONE, _PLACES, _PLACE_NAMES = (
    "words",
    "words that are names too",
    "phrases",
    "whole values",
    "places",
    "places that are names too",
)
_CODE = re.compile(
    r"[a-z]{0,2}\d{1,3}[a-z]?|(?:1[89]|20)\d\d|\d(?:st|nd|rd|th)"
)  # "Response 3", "NE3", "S47", "24 hour"
# Teams and units are written TPT, LCU, DMSU: capitals that nobody can say, the last for team or unit. Chu and Zhu are names.
_ACRONYM = re.compile(r"\b[B-DF-HJ-NP-TV-XZ]{2,4}(?:T|(?<!H)U)\b")
SIDES = frozenset("north south east west central".split())
LONGEST_PHRASE = 5  # words


def tokens_of(text: str) -> list[str]:
    """The words of a text without case, accents and a possessive s; letters of every alphabet are letters.

    >>> tokens_of("King's Norton–É4"), tokens_of("Олена NPT")
    (['king', 'norton', 'e4'], ['олена', 'npt'])
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()
    return re.findall(r"[^\W_]+", re.sub(r"['’]s\b", "", plain))


@dataclass(frozen=True)
class Vocabulary:
    """Words that name nobody, and what is read by them.

    Attributes
    ----------
    words : that name nobody, places among them
    also_names : words that some people are called by too, and places likewise
    phrases : in which such a word names nobody
    alone : whole values that are kept though their words are names too ("West")
    places : those of `also_names` that are places
    """

    words: frozenset[str]
    also_names: frozenset[str]
    phrases: frozenset[tuple[str, ...]]
    alone: frozenset[tuple[str, ...]] = frozenset()
    places: frozenset[str] = frozenset()

    def holds(self, text: str, titles: frozenset[str]) -> bool:
        """Whether a text is made of these words only, so that it names nobody.

        A word that is a name too counts only beside others: not alone, not behind a rank or title ("PC Park"), and not
        behind another such word, save for the part of a place ("Dudley North"). Numbers and single letters count beside
        words, or as a code that stands alone; an acronym of a team or unit ("TPT") counts as a word that does not stand alone.

        Parameters
        ----------
        text : a kind of crime or a unit, as written
        titles : ranks and titles, lower case

        Examples
        --------
        >>> known = vocabulary()
        >>> [known.holds(t, frozenset(["officer"])) for t in ("Officer Assistance", "Officer Park", "Officer Zzz")]
        [True, False, False]
        >>> [known.holds(t, frozenset()) for t in ("Dudley CID", "Dudley", "Dudley North", "R 14", "J. S.", "West")]
        [True, False, True, True, False, True]
        >>> [known.holds(t, frozenset(["pc"])) for t in ("Woking TZT", "Woking tzt", "TZT", "PC TZT", "Kent DXLU 3")]
        [True, False, False, False, True]
        """
        tokens = tokens_of(text)
        if tuple(tokens) in self.alone:
            return True
        parts = self._parts(tokens)
        acronyms = {found.casefold() for found in _ACRONYM.findall(text)}
        kinds = [self._kind(part) or ("acronym" if part in acronyms else "") for part in parts]
        if not parts or "" in kinds:
            return False
        before = ""
        for i, (part, kind) in enumerate(zip(parts, kinds)):
            if kind == "name":
                if before == "name" and part in SIDES and parts[i - 1] in self.places:
                    kind = kinds[i] = "word"
                elif before == "name" or (i and parts[i - 1] in titles):
                    return False
            elif kind == "acronym" and i and parts[i - 1] in titles:
                return False
            before = kind
        if {"word", "phrase"} & set(kinds) or {"acronym", "name"} <= set(kinds):
            return True
        if "acronym" in kinds:
            return False
        return "name" not in kinds and len(parts) <= 3 and kinds.count("letter") <= 1

    def _parts(self, tokens: list[str]) -> list[str]:
        """Words of a text, each phrase as one."""
        parts, i = [], 0
        while i < len(tokens):
            sizes = range(min(LONGEST_PHRASE, len(tokens) - i), 1, -1)
            size = next((n for n in sizes if tuple(tokens[i : i + n]) in self.phrases), 1)
            parts.append(" ".join(tokens[i : i + size]))
            i += size
        return parts

    def _kind(self, part: str) -> str:
        if " " in part:
            return "phrase"
        if len(part) == 1 and part.isascii():
            return "number" if part.isdigit() else "letter"
        if part in self.words:
            return "word"
        if part in self.also_names:
            return "name"
        return "number" if _CODE.fullmatch(part) else ""


@lru_cache(maxsize=2)
def vocabulary(places: bool = True) -> Vocabulary:
    """The vocabulary of ``resources/words``, with or without its places."""
    found = _sections("vocabulary.txt")
    words, also = _split(found[_WORDS]), _split(found[_NAMES_TOO])
    phrases, borne = found[_PHRASES], frozenset[str]()
    if places:
        where = _sections("places.txt")
        borne = _split(where[_PLACE_NAMES]) - words
        words, also, phrases = words | (_split(where[_PLACES]) - also), also | borne, phrases + where[_PHRASES]
    return Vocabulary(words, also, _whole(phrases), _whole(found[_ALONE]), borne)


def _sections(name: str) -> dict[str, list[str]]:
    """The lines of each section of a file of words."""
    found: dict[str, list[str]] = {s: [] for s in (_WORDS, _NAMES_TOO, _PHRASES, _ALONE, _PLACES, _PLACE_NAMES)}
    section = ""
    for line in resource_text("words", name).splitlines():
        if line.startswith("["):
            section = line.strip("[] ")
        elif line and not line.startswith("#"):
            found[section].append(line.lower())
    return found


def _whole(lines: list[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(line.split()) for line in lines)


def _split(lines: list[str]) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


__all__ = ["SIDES", "Vocabulary", "tokens_of", "vocabulary"]
