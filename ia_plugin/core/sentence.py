"""English texts that remember how they were made, so that whoever shows them can say them in another language.

A :class:`Sentence` is the English text, to the character, wherever a text is wanted. It also keeps its template and what was put
into it, which may be sentences themselves: :func:`in_words_of` renders it again through a translation of its templates. Core
knows no language but English and holds no translations; the dock passes its own. What is no sentence is data, a name or a number,
and stays as it is.

Templates are literals in the source, for `make translations` reads them there (the standard library only).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from string import Formatter
from typing import Optional

Translate = Callable[[str], str]
"""The template in another language; the template itself where that is not known."""


class Sentence(str):
    """An English text with its template; made by :func:`sentence`, :func:`phrase`, :func:`joined` and :func:`changed`.

    Attributes
    ----------
    template : with a name in braces for each value; blank where the text is made of others as they stand
    values : what stands for the names
    parts, make : what the text is made of otherwise, and the function that makes it of them
    """

    template: str
    values: dict[str, object]
    parts: tuple[str, ...]
    make: Optional[Callable[..., str]]

    def __new__(
        cls,
        text: str,
        template: str = "",
        values: Optional[dict[str, object]] = None,
        parts: tuple[str, ...] = (),
        make: Optional[Callable[..., str]] = None,
    ) -> Sentence:
        self = super().__new__(cls, text)
        self.template, self.values, self.parts, self.make = template, values or {}, parts, make
        return self

    def __reduce__(self) -> tuple[object, ...]:
        return Sentence, (str(self), self.template, self.values, self.parts, self.make)

    def __add__(self, other: str) -> str:
        return joined("", (self, other))

    def __radd__(self, other: str) -> str:
        return joined("", (other, self))

    def render(self, translate: Translate) -> str:
        """The text with its templates as `translate` has them."""
        if self.make is not None:
            return self.make(*(in_words_of(part, translate) for part in self.parts))
        theirs = translate(self.template)
        if not self.values:
            return theirs
        # A placeholder that a translator lost would lose a figure.
        template = theirs if _places(theirs) == _places(self.template) else self.template
        return template.format(**{name: _rendered(value, translate) for name, value in self.values.items()})


def sentence(template: str, /, **values: object) -> str:
    """A sentence with values put in as by :meth:`str.format`.

    Examples
    --------
    >>> text = sentence("{area}: about {hours} an hour", area="Northgate", hours=sentence("{n} h", n=3))
    >>> text
    'Northgate: about 3 h an hour'
    >>> welsh = {"{area}: about {hours} an hour": "{area}: tua {hours} yr awr", "{n} h": "{n} awr"}
    >>> in_words_of(text, lambda template: welsh.get(template, template))
    'Northgate: tua 3 awr yr awr'
    """
    return Sentence(template.format(**values), template, values)


def phrase(text: str, /) -> str:
    """A text without values.

    >>> in_words_of(phrase("on foot"), {"on foot": "ar droed"}.get)
    'ar droed'
    """
    return Sentence(text, text)


def phrases(*texts: str) -> dict[str, str]:
    """Phrases by their text, of names that code compares with."""
    return {text: Sentence(text, text) for text in texts}


def joined(between: str, parts: Iterable[str]) -> str:
    """Texts one after another, as by :meth:`str.join`; no sentence where none of them is one.

    >>> in_words_of(joined(phrase(" and "), ["A", phrase("others")]), {" and ": " ac ", "others": "eraill"}.get)
    'A ac eraill'
    """
    every = (between, *parts)
    text = between.join(every[1:])
    return Sentence(text, parts=every, make=_join) if any(isinstance(p, Sentence) for p in every) else text


def changed(text: str, change: Callable[..., str], *more: str) -> str:
    """A text after a change that is right in any language, as of its first letter or its full stop.

    >>> in_words_of(changed(phrase("on foot."), str.rstrip, "."), {"on foot.": "ar droed."}.get)
    'ar droed'
    """
    new = change(text, *more)
    return Sentence(new, parts=(text, *more), make=change) if isinstance(text, Sentence) else new


def in_words_of(text: str, translate: Translate) -> str:
    """A text in the language of `translate`; what is no sentence stays as it is."""
    return text.render(translate) if isinstance(text, Sentence) else text


def _rendered(value: object, translate: Translate) -> object:
    return value.render(translate) if isinstance(value, Sentence) else value


def _join(between: str, *parts: str) -> str:
    return between.join(parts)


@cache
def _places(template: str) -> Optional[frozenset[tuple[str, Optional[str]]]]:
    """The placeholders of a template with their formats; None where it is none."""
    try:
        return frozenset((name, spec) for _, name, spec, _ in Formatter().parse(template) if name is not None)
    except ValueError:
        return None


__all__ = ["Sentence", "Translate", "changed", "in_words_of", "joined", "phrase", "phrases", "sentence"]
