"""Categories that tell of the victims of sexual and of domestic offences: their counts are told of wide ground only."""

from __future__ import annotations

from ..phrases import DENIED, Phrases

SEXUAL, DOMESTIC = "sexual", "domestic"
_SENSITIVE = Phrases(
    {
        **dict.fromkeys(
            (
                "sexual", "sexually", "sex", "rape", "rapes", "raped", "rasso", "sexting", "upskirting", "voyeurism", "incest", "indecent", "indecency", "indecently",
                "prostitution", "prostitute", "brothel", "fgm", "female genital mutilation", "cse", "csa", "csea", "obscene",
            ),
            SEXUAL,
        ),
        **dict.fromkeys(
            (
                "domestic", "domestics", "domestic abuse", "domestic violence", "dv", "d v", "da", "dva", "d v a", "ipv", "intimate partner", "coercive", "coercion", "honour based",
                "honor based", "hba", "forced marriage", "child abuse", "child neglect",
            ),
            DOMESTIC,
        ),
    }
)  # fmt: skip
# What belongs to a household is domestic too: a dwelling, its animals and appliances.
_OF_THE_HOUSE = frozenset(
    "burglary burglaries dwelling premises property fire alarm waste animal pet dog appliance flight flights".split()
)
# One list of all violence, as data.police.uk has it, tells of nobody that the offence was sexual.
_COMBINED = frozenset({("violence", "and", "sexual", "offences"), ("violent", "and", "sexual", "offences")})


def is_sensitive(category: object) -> bool:
    """Whether a category tells of sexual or domestic offences.

    "Violence and sexual offences", the one list of all violence at data.police.uk, does not: most of it is neither.

    >>> [is_sensitive(c) for c in ("Rape of a female", "Domestic - Verbal", "DV incident", "Non-domestic violence", "Burglary - domestic dwelling")]
    [True, True, True, False, False]
    >>> is_sensitive("Violence and sexual offences"), is_sensitive("Other sexual offences")
    (False, True)
    """
    text = str(category)
    words = _SENSITIVE.clauses(text).words
    if words in _COMBINED:
        return False
    for found in _SENSITIVE.found_in(text):
        of_the_house = {*words[found.end : found.end + 1], *words[:1]} & _OF_THE_HOUSE
        if found.verdict != DENIED and not (found.phrase == "domestic" and of_the_house):
            return True
    return False


__all__ = ["DOMESTIC", "SEXUAL", "is_sensitive"]
