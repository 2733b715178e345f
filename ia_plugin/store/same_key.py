"""The key that a store is written with: it must be there, and be the same each time, or each officer becomes a new one."""

from __future__ import annotations

from typing import Optional

from ..core.errors import PrivacyError
from ..core.privacy import Key


def refuse_other_key(kept: Optional[str], key: Optional[Key]) -> None:
    """Refuse a key that is not the one of a store.

    Parameters
    ----------
    kept : fingerprint that the store keeps; None of one that nobody has written into
    key : None for who only reads

    Raises
    ------
    PrivacyError
        with both fingerprints, from which no key can be found.
    """
    if key is not None and kept is not None and kept != key.fingerprint:
        raise PrivacyError(
            f"The store was written with another key (its fingerprint is {kept}, this key's {key.fingerprint}).",
            "Use the force's key: with another one each officer would become a new one.",
        )


def needed_key(key: Optional[Key]) -> Key:
    """The key, which is there.

    Raises
    ------
    PrivacyError
        where it is not.
    """
    if key is None:
        raise PrivacyError(
            "The store cannot be written without the key of the pseudonyms.",
            "Set IMPACTAREAS_KEY_FILE to the force's key file, or choose the key in QGIS's authentication store.",
        )
    return key
