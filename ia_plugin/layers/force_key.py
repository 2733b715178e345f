"""The force's key of pseudonyms where it was set up: a key file, or QGIS's authentication store."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Optional

from qgis.core import QgsApplication, QgsAuthMethodConfig, QgsSettings

from ..core.errors import PrivacyError

if TYPE_CHECKING:
    from ..core.privacy import Key

AUTH_VARIABLE = "IMPACTAREAS_KEY_AUTHCFG"
AUTH_SETTING = "impactareas/key_authcfg"
NO_KEY = "No key of pseudonyms was found, and a store is never written without one."
SET_UP = "Set IMPACTAREAS_KEY_FILE to the force's key file, or IMPACTAREAS_KEY_AUTHCFG to its id in QGIS's authentication store."


def key_set_up() -> Optional[Key]:
    """The force's key, or None where none was set up.

    It is read from the file that IMPACTAREAS_KEY_FILE names; else from the password of the authentication
    configuration whose id IMPACTAREAS_KEY_AUTHCFG or QGIS's settings give.

    Raises
    ------
    PrivacyError
        where a key was set up and cannot be had or taken: an unreadable file, a locked authentication store, a key that can be
        guessed.
    """
    from ..core.privacy import load_key, strong_key

    key = load_key(os.environ)
    if key is not None:
        return key
    name = os.environ.get(AUTH_VARIABLE, "").strip() or str(QgsSettings().value(AUTH_SETTING, "") or "")
    if not name:
        return None
    found = QgsAuthMethodConfig()
    # Without its master password the store answers nothing, and says nothing.
    done = QgsApplication.authManager().loadAuthenticationConfig(name, found, True)
    secret = found.config("password") if (done[0] if isinstance(done, tuple) else done) else ""
    if not secret:
        raise PrivacyError(
            f"QGIS's authentication store gave no key for {name!r}.",
            "Unlock it with its master password; runs without a screen read it from QGIS_AUTH_PASSWORD_FILE.",
        )
    return strong_key(secret.encode("utf-8"))


def needed_key_set_up() -> Key:
    """The force's key.

    Raises
    ------
    PrivacyError
        where there is none.
    """
    key = key_set_up()
    if key is None:
        raise PrivacyError(NO_KEY, SET_UP)
    return key


__all__ = ["NO_KEY", "SET_UP", "key_set_up", "needed_key_set_up"]
