"""Ids of events: the source's own codes, keyed digests of references that are none, and ids made of the facts of a row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Optional

import numpy as np
import pandas as pd

from ..arrays import Objects
from ..imports.accounts import Account, RecordNotes
from ..imports.affiliations import SHORTENED
from ..imports.record_ids import hashed_ids, is_code
from ..privacy import KeyOrMaker
from ..references import lost_digits
from ..texts import texts
from .records import NO_REFERENCE, made_ids

NO_CODES = "references are no codes and hashed, for they may name a person"


@dataclass(frozen=True)
class MadeIds:
    """What ids made of facts are told apart by: the file's name, and how often each row was met; and the notes of records."""

    file: str
    notes: RecordNotes
    seen: Counter[str] = field(default_factory=Counter)


def event_ids(
    written: pd.Series,
    facts: pd.DataFrame,
    made: MadeIds,
    account: Account,
    collars: Iterable[str] = (),
    key: Optional[KeyOrMaker] = None,
) -> Objects:
    """The id of each row; those that may name a person never come out as they were written.

    Parameters
    ----------
    written : references of the source, missing where there is none
    facts : what the rows say, same index, for ids where there is no reference, or no key
    made, account : filled with what was met
    key : of the digests of references that are no codes, or what gives one
    """
    shortened = lost_digits(written)
    account.note(SHORTENED, int(shortened.sum()))
    named = account.ids_of(written, "references").mask(shortened)
    words = np.array([" ".join(word.split()) for word in texts(named)], dtype=object)
    suspect = (words != "") & ~is_code(pd.Series(words, dtype=object), collars)
    account.note(NO_CODES, int(suspect.sum()))
    made.notes.note(NO_REFERENCE, written.index[words == ""])
    if suspect.any() and key is not None:
        words[suspect] = hashed_ids(words[suspect], key)
        suspect[:] = False
    odd = suspect | (words == "")
    if odd.any():
        words[odd] = made_ids(facts[odd], made.file, made.seen)
    return words


__all__ = ["NO_CODES", "MadeIds", "event_ids"]
