"""Where the force's key of pseudonyms is found: a key file, or QGIS's authentication store."""

from __future__ import annotations

import os
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Optional

from qgis.core import QgsApplication, QgsAuthMethodConfig, QgsSettings

from ..core.errors import ImpactAreaWarning, PrivacyError

if TYPE_CHECKING:
    from ..core.privacy import Key
    from .run import Run

AUTH_VARIABLE = "IMPACTAREAS_KEY_AUTHCFG"
AUTH_SETTING = "impactareas/key_authcfg"


def force_key(run: Run) -> Optional[Key]:
    """The force's key, or None where none was set up.

    It is read from the file that IMPACTAREAS_KEY_FILE names; else from the password of the authentication
    configuration whose id IMPACTAREAS_KEY_AUTHCFG or QGIS's settings give. A key file that everybody can read is
    warned of.

    Raises
    ------
    PrivacyError
        where a key was set up and cannot be had or taken: an unreadable file, one in the folder of the run's store or
        project, a locked authentication store, a key that can be guessed.
    """
    from ..core.privacy import load_key, strong_key

    _check_place(run)
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


def _check_place(run: Run) -> None:
    from ..core.privacy import KEY_FILE_VARIABLE
    from ..store.key_place import check_key_place

    file = os.environ.get(KEY_FILE_VARIABLE, "").strip()
    if not file:
        return
    store = run.text("STORE") if run.algorithm.parameterDefinition("STORE") is not None else ""
    project = run.context.project()
    home = project.homePath() if project is not None else ""
    found = check_key_place(Path(file), store=Path(store) if store else None, project=Path(home) if home else None)
    for sentence in found:
        warnings.warn(sentence, ImpactAreaWarning, stacklevel=3)


def needed_key(run: Run) -> Key:
    """The force's key.

    Raises
    ------
    PrivacyError
        where there is none.
    """
    key = force_key(run)
    if key is None:
        raise PrivacyError(
            "No key of pseudonyms was found, and a store is never written without one.",
            "Set IMPACTAREAS_KEY_FILE to the force's key file, or IMPACTAREAS_KEY_AUTHCFG to its id in QGIS's authentication store.",
        )
    return key
