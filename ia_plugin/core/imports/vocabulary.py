"""The shipped vocabulary: words of kinds of crime, incident, search and unit that name nobody (``resources/words``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ..resources import resource_path

_SECTIONS = ("words", "words that are names too", "phrases")
_NUMBER = re.compile(r"[a-z]?\d{1,3}[a-z]?")  # "Response 3", "Section 18", "S47", "24 hour"


@dataclass(frozen=True)
class Vocabulary:
    """Words that name nobody, words that some people are called by too, and phrases in which such a word names nobody."""

    words: frozenset[str]
    also_names: frozenset[str]
    phrases: frozenset[tuple[str, ...]]

    def holds(self, text: str, titles: frozenset[str]) -> bool:
        """Whether a text is made of these words only, so that it names nobody.

        A word that is a name too counts only beside others: not alone, not behind a rank or title ("PC Park"), and not
        behind another such word.

        Parameters
        ----------
        text : a kind of crime or a unit, as written
        titles : ranks and titles, lower case

        Examples
        --------
        >>> known = vocabulary()
        >>> [known.holds(t, frozenset(["officer"])) for t in ("Officer Assistance", "Officer Park", "Officer Zzz")]
        [True, False, False]
        """
        parts = self._parts(text)
        if not parts:
            return False
        kinds = [self._kind(part) for part in parts]
        if "" in kinds or not {"word", "phrase"} & set(kinds):
            return False
        behind = [None, *zip(parts, kinds)][: len(parts)]
        return not any(
            kind == "name" and before is not None and (before[1] == "name" or before[0] in titles)
            for kind, before in zip(kinds, behind)
        )

    def _parts(self, text: str) -> list[str]:
        """Words of a text, each phrase as one."""
        tokens = [t for t in re.split(r"[^a-z0-9]+", re.sub(r"['’]s\b", "", text.lower())) if t]
        parts, i = [], 0
        while i < len(tokens):
            size = next((n for n in (3, 2) if tuple(tokens[i : i + n]) in self.phrases), 1)
            parts.append(" ".join(tokens[i : i + size]))
            i += size
        return parts

    def _kind(self, part: str) -> str:
        if " " in part:
            return "phrase"
        if part in self.words:
            return "word"
        if part in self.also_names:
            return "name"
        return "number" if _NUMBER.fullmatch(part) else ""


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The vocabulary of ``resources/words/vocabulary.txt``."""
    found: dict[str, list[str]] = {name: [] for name in _SECTIONS}
    section = ""
    for line in resource_path("words", "vocabulary.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[] ")
        elif line and not line.startswith("#"):
            found[section].append(line.lower())
    words, also = (frozenset(w for line in found[name] for w in line.split()) for name in _SECTIONS[:2])
    return Vocabulary(words, also, frozenset(tuple(line.split()) for line in found["phrases"]))


__all__ = ["Vocabulary", "vocabulary"]
