"""What stands on every output until its figures were checked against the source systems, and after (standard library only)."""

from __future__ import annotations

from typing import Optional

Checked = tuple[int, int]
"""How many checks of a store agree, and of how many; see :mod:`ia_plugin.core.about.agreement`."""
NOT_CHECKED = "Beta: not yet checked against source systems"


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
    return f"Beta: {agree:,} of {of:,} {'check agrees' if of == 1 else 'checks agree'}"


__all__ = ["NOT_CHECKED", "Checked", "beta_words"]
