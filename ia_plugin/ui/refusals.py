"""What a click asks of a store at once may be refused: the server has gone, a file is held. It is a sentence then, and no traceback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Callable

from ..core.errors import ImpactAreaError
from .translated import translated


@contextmanager
def refusals_to(say: Callable[[str, bool], None]) -> Iterator[None]:
    """Hand the sentence of an error of the core in the block to `say`, as a warning; what follows in the block is left out.

    Examples
    --------
    >>> from ..core.errors import StoreError
    >>> with refusals_to(lambda words, warning: print(words)):
    ...     raise StoreError("The store is gone.", "Ask for it.")
    The store is gone. Ask for it.
    """
    try:
        yield
    except ImpactAreaError as error:
        say(translated(error.sentence), True)


__all__ = ["refusals_to"]
