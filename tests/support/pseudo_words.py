"""A language that nobody speaks: each listed text with accents, in brackets and half as long again, so that what is missing or cut is seen."""

from __future__ import annotations

import re
from collections.abc import Iterable

OPEN, CLOSE = "⟦", "⟧"
PLAIN, ACCENTED = "AEIOUYaeiouybcdghklmnprstvwz", "ÀÉÎÕÜÝàéîõüýƀçďğĥķĺɱńƥŕśťṽŵž"
KEPT = re.compile(r"{[^{}]*}|<[^<>]*>|&[a-z]+;")  # placeholders, tags and entities
NUMBER = re.compile(r"IA-[0-9A-F]{4}-[0-9A-F]{4}")  # of a figure


def pseudo(text: str) -> str:
    """ "⟦Réśéť⟧" of "Reset": what stands in braces is as it was, and its letters tell of values that nobody translated."""
    parts, end, accents = [], 0, str.maketrans(PLAIN, ACCENTED)
    for kept in KEPT.finditer(text):
        parts += [text[end : kept.start()].translate(accents), kept[0]]
        end = kept.end()
    parts.append(text[end:].translate(accents))
    written = sum(map(len, parts[::2]))  # what stands in braces is as long as it is
    filler = ("~~~~~ " * written)[: max(round(0.5 * written) - 2, 0)].rstrip()  # a line breaks in it as between words
    longer = f"{OPEN}{''.join(parts)}{filler}{CLOSE}"
    return longer if any(c.isalpha() for part in parts[::2] for c in part) else text


def left_in_english(text: str, data: Iterable[str] = ()) -> list[str]:
    """The words of a text that no translation gave and that are none of `data`: such as names of areas; a figure's number is none either.

    >>> left_in_english(pseudo("{0} areas of North").format("some"), ["North"])
    ['some']
    """
    text = NUMBER.sub(" ", KEPT.sub(" ", text))
    for name in sorted(data, key=len, reverse=True):
        text = text.replace(name, " ")
    words = re.findall(r"[^\W\d_]{2,}", text)
    return [word for word in words if set(word) & set(PLAIN) and not set(word) & set(ACCENTED)]


__all__ = ["OPEN", "left_in_english", "pseudo"]
