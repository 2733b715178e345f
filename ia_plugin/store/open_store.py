"""A store opened to be written to, in whichever home it is: STORE is its folder, or the connection to a database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Optional, Union

from ..core.privacy import Key
from .interface import StoreHome
from .open_summary import is_shared, summary_path


@contextmanager
def opened_store(store: Union[str, Path], key: Optional[Key] = None) -> Iterator[StoreHome]:
    """A store that is there, open in the block.

    Parameters
    ----------
    store : its folder, its summary file, or libpq's words for a database
    key : of the pseudonyms; without it what people declare alone may be written

    Raises
    ------
    StoreError
        where there is none, or it cannot be opened.
    """
    if is_shared(store):
        from .postgis.home import PostgisStore

        with PostgisStore(str(store), key) as shared:
            yield shared
        return
    from .store import Store

    with Store(summary_path(store).parent, key) as pair:
        yield pair


__all__ = ["opened_store"]
