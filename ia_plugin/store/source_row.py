"""The row that says of a file that it was taken in."""

from __future__ import annotations

import json

import pandas as pd

from ..core.imports.accounts import Account


def source_row(account: Account, mark: str, at: pd.Timestamp) -> pd.DataFrame:
    """One row of the table of sources.

    Parameters
    ----------
    mark : hash of the file's content
    at : when it was taken in
    """
    return pd.DataFrame(
        {
            "hash": [mark],
            "name": [account.name],
            "kind": [account.kind],
            "imported_at": [at],
            "rows_read": [account.rows_read],
            "rows_kept": [account.rows_kept],
            "dropped": [json.dumps(dict(account.dropped), sort_keys=True)],
        }
    )
