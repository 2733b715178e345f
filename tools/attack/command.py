"""The command that all attacks have in common: how many rounds, and from which seed."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Optional

import numpy as np


def command(doc: Optional[str], n: int, rounds: str = "rounds", *, seed: int = 1) -> argparse.ArgumentParser:
    """A parser of ``--n`` and ``--seed``, described by a module's text.

    >>> command("Tries it.", 20).parse_args(["--seed", "3"])
    Namespace(n=20, seed=3)
    """
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--n", type=int, default=n, help=f"{rounds} (%(default)s)")
    parser.add_argument("--seed", type=int, default=seed, help="of the first (%(default)s)")
    return parser


def rounds_of(options: argparse.Namespace) -> Iterator[tuple[int, np.random.Generator]]:
    """Each round of an attack with numbers of its own, the same whatever other rounds there are.

    >>> [(k, int(rng.integers(100))) for k, rng in rounds_of(argparse.Namespace(n=2, seed=1))]
    [(0, 47), (1, 51)]
    """
    for k in range(options.n):
        yield k, np.random.default_rng([options.seed, k])


__all__ = ["command", "rounds_of"]
