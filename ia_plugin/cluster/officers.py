"""Officers' ids on their way in: none goes on that could be a collar number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional

import pandas as pd

from ..core.errors import PrivacyError
from ..core.privacy import Key, pseudonymise
from .spark_tables import renamed_officers, rows_of, without_pseudonym

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


def with_pseudonyms(spark: SparkSession, fixes: DataFrame, key: Optional[Key]) -> DataFrame:
    """The fixes with pseudonyms alone: ids of another form are made so with the key, which stays on the driver.

    Raises
    ------
    PrivacyError
        for ids of another form where there is no key; none is repeated.
    """
    others = [str(r["officer_id"]) for r in rows_of(without_pseudonym(fixes))]
    if not others:
        return fixes
    if key is None:
        raise PrivacyError(
            f"{len(others):,} officers' ids are not in the form of a pseudonym, and there is no key to make them so.",
            "Set IMPACTAREAS_KEY_FILE on the driver to the force's key file.",
        )
    words = pseudonymise(pd.Series(others, dtype=object), key)
    return renamed_officers(spark, fixes, dict(zip(others, words)))
