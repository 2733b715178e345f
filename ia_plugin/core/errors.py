"""Typed errors that carry the offending value and the remedy (standard library only).

Core raises these; Processing turns them into a ``QgsProcessingException``, the dock into a line of the message bar.
"""

from __future__ import annotations

from .sentence import Sentence, joined


class ImpactAreaError(Exception):
    """Any mistake in the data or the parameters that the user can mend.

    Parameters
    ----------
    message : what is wrong, with the value.
    remedy : what to do about it, as an instruction.
    """

    def __init__(self, message: str, remedy: str = "") -> None:
        self.message = message
        self.remedy = remedy
        super().__init__(f"{message} {remedy}".strip())

    @property
    def sentence(self) -> str:
        """Message and remedy, which remember how they were made: what stands in the source as a literal is its own template."""
        parts = [part for part in (self.message, self.remedy) if part]
        return joined(" ", (p if isinstance(p, Sentence) else Sentence(p, p) for p in parts))


class ParameterError(ImpactAreaError):
    """A parameter outside its declared bounds or choices."""


class ColumnError(ImpactAreaError):
    """A table lacks a column that the stage needs, or the column has the wrong kind of values."""


class TimeError(ImpactAreaError):
    """A time that cannot be read, or whose offset cannot be known."""


class CrsError(ImpactAreaError):
    """Positions that are not metres in one projected reference system."""


class AreaError(ImpactAreaError):
    """An area that cannot be used: no polygon, an invalid one, a repeated id."""


class DataRangeError(ImpactAreaError):
    """A value that no such column can hold (a latitude of 4512.3)."""


class EstimateError(ImpactAreaError):
    """A figure that these data cannot give: one area, counts without variation, two regressors that say the same."""


class PrivacyError(ImpactAreaError):
    """A step that would let a person be singled out, or an identifier leave unprotected."""


class ImpactAreaWarning(UserWarning):
    """Something the reader of a result must know, though the result stands."""


class Cancelled(ImpactAreaError):
    """The user stopped the run; nothing of it is kept."""

    def __init__(self) -> None:
        super().__init__("The run was cancelled.")


class FileError(ImpactAreaError):
    """A file that cannot be read as what it should be, or not be written: the file, the row where there is one, and the remedy."""


class StoreError(ImpactAreaError):
    """A store that cannot be opened, read or written; what was in it before is still there."""


class AlreadyStored(StoreError):
    """A file whose content is in the store, perhaps since another program took it in while this one waited."""


class UnforeseenError(FileError):
    """Something given that the program did not foresee (see :mod:`.unforeseen`).

    Attributes
    ----------
    place : kind and place in the code of what it stopped at, for a log; no value of the data is in it
    """

    def __init__(self, message: str, remedy: str = "", place: str = "") -> None:
        self.place = place
        super().__init__(message, remedy)
