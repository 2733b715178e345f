"""Officers' ids on their way in: none goes on that could be a collar number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional

import pandas as pd

from ..core.errors import PrivacyError
from ..core.privacy import FORM, Key, pseudonymise
from .spark_tables import renamed_officers

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


def with_pseudonyms(
    spark: SparkSession, fixes: DataFrame, census: pd.DataFrame, key: Optional[Key]
) -> tuple[DataFrame, pd.DataFrame]:
    """The fixes and their census with pseudonyms alone: ids of another form are made so with the key, which stays on the driver.

    Raises
    ------
    PrivacyError
        for ids of another form where there is no key; none is repeated.
    """
    ids = pd.Series(census["officer_id"].dropna().unique(), dtype=object)
    others = ids[~ids.str.match(FORM)].tolist()
    if not others:
        return fixes, census
    if key is None:
        raise PrivacyError(
            f"{len(others):,} officers' ids are not in the form of a pseudonym, and there is no key to make them so.",
            "Set IMPACTAREAS_KEY_FILE on the driver to the force's key file.",
        )
    words = pseudonymise(pd.Series(others, dtype=object), key)
    pseudonym_of = dict(zip(others, words))
    named = census["officer_id"].map(lambda officer: pseudonym_of.get(officer, officer))
    return renamed_officers(spark, fixes, pseudonym_of), census.assign(officer_id=named)
