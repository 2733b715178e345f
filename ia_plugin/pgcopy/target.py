"""Where a shared store is, in words that may be kept: a libpq string without a password."""

from __future__ import annotations

from types import ModuleType

from ..core.connection_text import refuse_password
from ..core.errors import ParameterError

_SECRETS = {"password", "sslpassword"}


def safe_target(text: str, module: ModuleType) -> str:
    """The text as it is, where no password stands in it, however it is written.

    Parameters
    ----------
    module : the driver, which reads it as libpq does

    Raises
    ------
    PrivacyError
        for one with a password.
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
    refuse_password("password=" if _SECRETS & set(facts) else text)
    return text
