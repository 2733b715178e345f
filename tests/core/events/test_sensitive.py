"""Which categories tell of sexual or domestic offences, in whichever spelling."""

import pytest

from ia_plugin.core.events.sensitive import is_sensitive


@pytest.mark.parametrize(
    "category",
    [
        "Sexual offences", "SEXUAL OFFENCES", "Other sexual offences", "SexualAssault", "Rape of a female 16+", "019C Rape", "Sex offender visit",
        "Indecent exposure", "Domestic abuse", "domestic-violence", "Domestic incident", "Domestic dispute, property damaged", "D.V. standard risk", "DA verbal",
        "Violence (domestic)", "Coercive or controlling behaviour", "Honour-based abuse", "Forced marriage", "CSE",
    ],
)  # fmt: skip
def test_told_of_roles_only(category):
    assert is_sensitive(category)


@pytest.mark.parametrize(
    "category",
    [
        "Violence and sexual offences", "Violence with injury", "Burglary - domestic", "Domestic burglary", "Domestic dwelling fire", "Domestic animal", "Non-domestic assault",
        "Non-sexual assault", "Rapeseed theft", "Essex Road", "Stalking and harassment", "Anti-social behaviour", "Dash cam theft", "", None,
    ],
)  # fmt: skip
def test_told_of_areas_too(category):
    assert not is_sensitive(category)
