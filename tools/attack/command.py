"""The command that all attacks have in common: how many rounds, and from which seed."""

from __future__ import annotations

import argparse
from typing import Optional


def command(doc: Optional[str], n: int, rounds: str = "rounds", *, seed: int = 1) -> argparse.ArgumentParser:
    """A parser of ``--n`` and ``--seed``, described by a module's text.

    >>> command("Tries it.", 20).parse_args(["--seed", "3"])
    Namespace(n=20, seed=3)
    """
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--n", type=int, default=n, help=f"{rounds} (%(default)s)")
    parser.add_argument("--seed", type=int, default=seed, help="of the first (%(default)s)")
    return parser


__all__ = ["command"]
