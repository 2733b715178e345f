"""Where a shared store is, in words that may be kept: a libpq string without a password."""

from __future__ import annotations

import re
from types import ModuleType

from ..core.errors import ParameterError, PrivacyError

_URI = ("postgresql://", "postgres://")
_SETTING = re.compile(r"\s*[a-z_]+\s*=")
_SECRETS = {"password", "sslpassword"}


def is_target(text: str) -> bool:
    """Whether a text is libpq's: a URI, or settings with an equals sign.

    >>> [is_target(t) for t in ("service=force", "postgresql://db.force/ia", " host = db", "D:/store", "stores/force")]
    [True, True, True, False, False]
    """
    return text.startswith(_URI) or bool(_SETTING.match(text))


def safe_target(text: str, module: ModuleType) -> str:
    """The text as it is, where no password stands in it, however it is written.

    Parameters
    ----------
    module : the driver, which reads it as libpq does

    Raises
    ------
    PrivacyError
        for one with a password: it would rest in projects, histories and records of runs.
    ParameterError
        for one that libpq cannot read; it is not repeated, for nobody knows what stands in it.
    """
    try:
        if module.__name__ == "psycopg":
            facts = module.conninfo.conninfo_to_dict(text)
        else:
            facts = module.extensions.parse_dsn(text)
    except module.Error:
        raise ParameterError(
            "The connection to the shared store cannot be read.",
            "Write service=NAME, or host=… dbname=… user=…, without a password.",
        ) from None
    # What libpq takes for a setting it does not know may be a password with a slip of the pen.
    if _SECRETS & set(facts) or re.search(r"pass(word|wd)?\s*=|^\w+://[^/@]*:[^/@]*@", text, re.I):
        raise PrivacyError(
            "A password stands in the connection to the shared store.",
            "Take it out: keep it in QGIS's authentication store, in a service file or in .pgpass.",
        )
    return text
