"""Errors that nobody foresaw, at the one place where they end: a sentence for people, the place in the code for a log.

What such an error says itself may hold a value of the data (a name, a collar number): its text is never passed on.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .errors import ImpactAreaError, UnforeseenError

SURFACE = False
"""Let such errors through as they are; the tests set it, so that a mistake in the code is never taken for a bad file."""

_PACKAGE = Path(__file__).parents[1]


OF_FILES = "Export it again, or as CSV; where that does not help, have the detail in the log looked at."


def unforeseen(what: str, error: BaseException, remedy: str = OF_FILES) -> UnforeseenError:
    """An error of ours in the place of one that nobody foresaw.

    Parameters
    ----------
    what : what could not be done, as the beginning of a sentence ("'a.csv' cannot be read")
    error : what stopped it
    remedy : what to do about it
    """
    if isinstance(error, MemoryError):
        message, remedy = f"{what}: it needs more memory than there is.", "Split it, or use a larger machine."
    else:
        message = f"{what}: nobody foresaw what stands in it."
    return UnforeseenError(message, remedy, place=place_of(error))


def place_of(error: BaseException) -> str:
    """Kind of an error and where in our code it came up, without what it says: no value of the data is in it.

    >>> place_of(ValueError("Featherstonehaugh"))
    'ValueError'
    """
    frames = traceback.extract_tb(error.__traceback__)
    ours = [f for f in frames if _PACKAGE in Path(f.filename).parents]
    kind = type(error).__name__
    if not (ours or frames):
        return kind
    last = (ours or frames)[-1]
    file = Path(last.filename)
    name = file.relative_to(_PACKAGE).as_posix() if _PACKAGE in file.parents else file.name
    return f"{kind} at {name}, line {last.lineno}"


@contextmanager
def foreseen(what: str, remedy: str = OF_FILES) -> Iterator[None]:
    """Raise :class:`UnforeseenError` for whatever a block raises that is not an error of ours.

    ``with foreseen("'a.csv' cannot be read"): int("Smith")`` says "'a.csv' cannot be read: nobody foresaw what stands in it."
    """
    try:
        yield
    except ImpactAreaError:
        raise
    except Exception as error:
        if SURFACE:
            raise
        raise unforeseen(what, error, remedy) from error
