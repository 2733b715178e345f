"""What stands on every output until its figures were checked against the source systems, and after (standard library only)."""

from __future__ import annotations

import re
from typing import Optional

from .sentence import joined, phrase, sentence

Checked = tuple[int, int]
"""How many checks of a store agree, and of how many; see :mod:`ia_plugin.core.about.agreement`."""
NOT_CHECKED = phrase("Beta: not yet checked against source systems")


def beta_words(checked: Optional[Checked] = None) -> str:
    """The sentence, without a stop: it stands beside the marking, in a footer, or at the end of what is copied.

    Parameters
    ----------
    checked : of the store that the figures come from; None where there is none, or nobody has checked it

    Examples
    --------
    >>> beta_words(), beta_words((43, 50)), beta_words((0, 1))
    ('Beta: not yet checked against source systems', 'Beta: 43 of 50 checks agree', 'Beta: 0 of 1 check agrees')
    """
    if checked is None or checked[1] < 1:
        return NOT_CHECKED
    agree, of = checked
    return sentence(
        "Beta: {agree:,} of {of:,} check agrees" if of == 1 else "Beta: {agree:,} of {of:,} checks agree",
        agree=agree,
        of=of,
    )


def with_beta(text: str, checked: Optional[Checked] = None) -> str:
    """A text with the sentence at its end, once.

    >>> with_beta("About as many burglaries.")
    'About as many burglaries. Beta: not yet checked against source systems.'
    >>> with_beta(with_beta("Fewer.", (43, 50)), (43, 50))
    'Fewer. Beta: 43 of 50 checks agree.'
    """
    return joined(" ", [*filter(None, [without_beta(text)]), beta_words(checked) + "."])


def without_beta(text: str) -> str:
    """A text without the sentence at its end, as it stands among others of one page, which says it once."""
    return _AT_THE_END.sub("", text)


_AT_THE_END = re.compile(rf"\s*(?:{NOT_CHECKED}|Beta: [\d,]+ of [\d,]+ checks? agrees?)\.\s*$")

__all__ = ["NOT_CHECKED", "Checked", "beta_words", "with_beta", "without_beta"]
