"""Where the force's key of pseudonyms is found: a key file, or QGIS's authentication store."""

from __future__ import annotations

import os
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Optional

from ..core.errors import ImpactAreaWarning, PrivacyError
from ..layers.force_key import NO_KEY, SET_UP, key_set_up

if TYPE_CHECKING:
    from ..core.privacy import Key
    from .run import Run


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
    _check_place(run)
    return key_set_up()


def _check_place(run: Run) -> None:
    from ..core.connection_text import names_a_database
    from ..core.privacy import KEY_FILE_VARIABLE
    from ..store.key_place import check_key_place

    file = os.environ.get(KEY_FILE_VARIABLE, "").strip()
    if not file:
        return
    store = run.text("STORE") if run.algorithm.parameterDefinition("STORE") is not None else ""
    project = run.context.project()
    home = project.homePath() if project is not None else ""
    found = check_key_place(
        Path(file),
        store=Path(store) if store and not names_a_database(store) else None,
        project=Path(home) if home else None,
    )
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
        raise PrivacyError(NO_KEY, SET_UP)
    return key
