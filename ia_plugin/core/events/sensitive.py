"""Categories that tell of the victims of sexual and of domestic offences: their counts are told of wide ground only."""

from __future__ import annotations

from ..phrases import DENIED, Phrases

SEXUAL, DOMESTIC = "sexual", "domestic"
_SENSITIVE = Phrases(
    {
        **dict.fromkeys(
            (
                "sexual", "sex", "sexually", "rape", "rapes", "raped", "attempted rape", "rasso", "sexting", "upskirting", "voyeurism", "grooming", "incest",
                "indecent", "indecency", "indecent images", "exposure", "prostitution", "prostitute", "brothel", "fgm", "female genital mutilation", "cse", "csa",
                "csea", "vawg", "obscene",
            ),
            SEXUAL,
        ),
        **dict.fromkeys(
            (
                "domestic", "dv", "da", "dva", "domestic abuse", "domestic violence", "coercive", "controlling or coercive behaviour", "coercion", "honour based",
                "honor based", "hba", "forced marriage", "intimate partner", "dash", "stalking", "child abuse", "child neglect", "cruelty to child",
            ),
            DOMESTIC,
        ),
    }
)  # fmt: skip
# A household, its animals and appliances are domestic too.
_OF_THE_HOUSE = frozenset(
    "burglary burglaries dwelling premises property fire alarm waste animal pet dog dogs appliance flight".split()
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
        if found.verdict == DENIED or (found.phrase == "domestic" and _OF_THE_HOUSE & {*words}):
            continue
        return True
    return False


__all__ = ["DOMESTIC", "SEXUAL", "is_sensitive"]
