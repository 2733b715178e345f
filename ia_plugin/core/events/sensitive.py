"""Categories that tell of the victims of sexual and of domestic offences: their counts are told of wide ground only."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Optional

import numpy as np
import pandas as pd

from ..errors import FileError
from ..imports.text_form import plain
from ..phrases import DENIED, Phrases

SEXUAL, DOMESTIC = "sexual", "domestic"
_SENSITIVE = Phrases(
    {
        **dict.fromkeys(
            (
                "sexual", "sexually", "sex", "rape", "rapes", "raped", "rasso", "sexting", "upskirting", "voyeurism", "incest", "indecent", "indecency", "indecently",
                "prostitution", "prostitute", "brothel", "fgm", "female genital mutilation", "cse", "csa", "csea", "obscene",
                "raping", "rapist", "by penetration", "penetration by", "penetration of a", "penetration of mouth", "penetrative", "unlawful intercourse", "buggery", "sodomy", "bestiality", "lewd", "molest", "molested", "molesting",
                "grooming", "kerb crawling", "soliciting for", "flasher", "pornography", "pornographic", "porn", "intimate image", "intimate images", "private images",
                "paedophile", "paedophilia", "position of trust", "administer substance", "administering substance", "administering a substance",
            ),
            SEXUAL,
        ),
        **dict.fromkeys(
            (
                "domestic", "domestics", "domestic abuse", "domestic violence", "dv", "d v", "da", "dva", "d v a", "ipv", "intimate partner", "coercive", "coercion", "honour based",
                "honor based", "hba", "hbv", "forced marriage", "child abuse", "child neglect", "child cruelty", "cruelty to child", "cruelty to children",
                "dom viol", "dom violence", "dom abuse", "dom ab", "dom incident", "dom dispute", "dom related", "dom verbal", "dom assault", "domv", "dvpn", "dvpo", "dapn", "dapo", "non molestation", "molestation", "clare's law", "strangulation", "vawg", "ipa",
                "ex partner", "ex partners", "partner violence", "partner assault", "partner dispute", "by partner", "husband", "wife", "spouse", "spousal", "marital", "boyfriend", "girlfriend",
                "ex boyfriend", "ex girlfriend", "ex husband", "ex wife", "family dispute", "family argument", "family violence", "family row", "relationship dispute", "relationship breakdown",
            ),
            DOMESTIC,
        ),
    }
)  # fmt: skip
# What belongs to a household is domestic too: a dwelling, its animals and appliances.
_OF_THE_HOUSE = frozenset(
    "burglary burglaries dwelling premises property fire alarm waste animal pet dog appliance flight flights".split()
)
# Words that are an offence where they are all that is said: "Exposure", but not "Exposure to chemicals".
_ALONE = frozenset({("exposure",), ("soliciting",), ("flashing",)})
# One list of all violence, as data.police.uk has it, tells of nobody that the offence was sexual.
_COMBINED = frozenset({("violence", "and", "sexual", "offences"), ("violent", "and", "sexual", "offences")})


def is_sensitive(category: object) -> bool:
    """Whether a category tells of sexual or domestic offences.

    "Violence and sexual offences", the one list of all violence at data.police.uk, does not: most of it is neither, and its counts
    of areas say of none that it was. Where each was, is no point all the same (:mod:`.mappable`).

    >>> [is_sensitive(c) for c in ("Rape of a female", "Domestic - Verbal", "DV incident", "Non-domestic violence", "Burglary - domestic dwelling")]
    [True, True, True, False, False]
    >>> [is_sensitive(c) for c in ("Assault by penetration", "Breach of DVPN", "Breach of a non-molestation order", "Ex-partner at door")]
    [True, True, True, True]
    >>> is_sensitive("Violence and sexual offences"), is_sensitive("Other sexual offences")
    (False, True)
    """
    text = str(category)
    words = _SENSITIVE.clauses(text).words
    if words in _COMBINED:
        return False
    if words in _ALONE:
        return True
    for found in _SENSITIVE.found_in(text):
        of_the_house = {*words[found.end : found.end + 1], *words[:1]} & _OF_THE_HOUSE
        if found.verdict != DENIED and not (found.phrase == "domestic" and of_the_house):
            return True
    return False


_ANSWERS = {"yes": True, "y": True, "true": True, "1": True, "no": False, "n": False, "false": False, "0": False}


def with_told(events: pd.DataFrame, written: pd.Series, table: Optional[pd.DataFrame]) -> pd.DataFrame:
    """The events with ``sensitive``, where the force's table of key types says of their category yes or no.

    "yes" holds for the category and for every other that has it as a phrase; "no" for the category itself alone. What "no" may
    open is a code, of which nothing is known: what the shipped words hold to be sensitive stays so.

    Parameters
    ----------
    events : with a row for each of `written`
    written : categories in the source's words
    table : ``category`` and, where the force decides, ``sensitive``: yes, no or empty

    Returns
    -------
    The events; ``sensitive`` (True, False or None) is there only where the table has such a column.

    Raises
    ------
    FileError
        for an answer that is neither.

    Examples
    --------
    >>> table = pd.DataFrame({"category": ["V07", "Lost child", "08/56"], "sensitive": ["yes", "", "no"]})
    >>> with_told(pd.DataFrame(index=range(3)), pd.Series(["V07 - other", "Lost child", "08/56"]), table)["sensitive"].tolist()
    [True, None, False]
    """
    if table is None or "sensitive" not in table.columns:
        return events
    answers = _answers(table)
    yes = Phrases({str(c): "yes" for c, told in answers if told})
    whole = {plain(c): told for c, told in answers}

    def told(category: object) -> Optional[bool]:
        if plain(category) in whole:
            return whole[plain(category)]
        return True if any(f.verdict != DENIED for f in yes.found_in(str(category))) else None

    codes, uniques = pd.factorize(written)
    return events.assign(sensitive=np.array([*map(told, uniques), None], dtype=object)[codes])


def _answers(table: pd.DataFrame) -> list[tuple[str, bool]]:
    """Category and answer of the rows of a table that have one."""
    found = []
    for category, answer in zip(table["category"], table["sensitive"]):
        word = str(answer).strip().casefold() if answer == answer and answer is not None else ""
        if word and word not in _ANSWERS:
            raise FileError(
                "The table of key types has a value in its column sensitive that is neither yes nor no.",
                "Write yes, no or nothing there.",
            )
        if word and isinstance(category, str):
            found.append((category, _ANSWERS[word]))
    return found


def named_sensitive(cells: pd.DataFrame) -> frozenset[str]:
    """The categories of a table that the force itself holds to be sensitive."""
    if "sensitive" not in cells.columns:
        return frozenset()
    return frozenset(cells.loc[cells["sensitive"].map(_is_yes), "category"].astype(str))


def answers_as_kept(told: Iterable[object]) -> list[Optional[bool]]:
    """True, False or None of each answer as tables keep them."""
    return [None if pd.isna(t) else bool(t) for t in told]


def _is_yes(told: object) -> bool:
    return not pd.isna(told) and bool(told)


__all__ = ["DOMESTIC", "SEXUAL", "answers_as_kept", "is_sensitive", "named_sensitive", "with_told"]
