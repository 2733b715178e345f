"""Where a shared store is, in words that may be kept: a libpq string without a password."""

from __future__ import annotations

from types import ModuleType

from ..core.connection_text import refuse_password
from ..core.errors import ParameterError

_SECRETS = {"password", "sslpassword"}


def without_secret(text: str, module: ModuleType) -> tuple[str, dict[str, str]]:
    """(a libpq string without its passwords, these): of one that another program keeps, as QGIS does of a layer.

    Parameters
    ----------
    module : the driver, which reads it as libpq does

    Raises
    ------
    ParameterError
        for one that libpq cannot read.
    """
    facts = settings_of(text, module)
    secret = {name: str(facts.pop(name)) for name in _SECRETS & set(facts)}
    made = module.conninfo.make_conninfo if module.__name__ == "psycopg" else module.extensions.make_dsn
    return str(made(**facts)), secret


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
    refuse_password("password=" if _SECRETS & set(settings_of(text, module)) else text)
    return text


def settings_of(text: str, module: ModuleType) -> dict[str, object]:
    """The settings that a libpq string or URI gives, by their names.

    Raises
    ------
    ParameterError
        for one that libpq cannot read.
    """
    try:
        if module.__name__ == "psycopg":
            return dict(module.conninfo.conninfo_to_dict(text))
        return dict(module.extensions.parse_dsn(text))
    except module.Error:
        raise ParameterError(
            "The connection to the shared store cannot be read.",
            "Write service=NAME, or host=… dbname=… user=…, without a password.",
        ) from None
