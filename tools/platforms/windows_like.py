"""Run tests as Python on Windows would see this code, on Linux. What follows ``--`` goes to pytest.

    python -m tools.platforms.windows_like [--only int32 fork …] -- tests/core tests/store -q

int32      numpy 1's whole numbers of 32 bits (left out with numpy 2, which has 64 on Windows too); overflow is an error
time-zones no time-zone database and no package tzdata, but where nothing else carries zones (dateutil from 3 on asks for
           tzdata, so that it is there on Windows too)
fork       no os.fork, no SIGKILL; processes are spawned
cp1252     text without an encoding is read and written as cp1252
locked     an open file can be neither removed nor replaced
platform   sys.platform is 'win32', for the plugin's modules alone

It imitates what has gone wrong, not Windows: paths, permissions, Qt and GDAL are those of Linux.
"""

from __future__ import annotations

import argparse
import ast
import builtins
import importlib.abc
import importlib.machinery
import importlib.util
import io
import multiprocessing
import os
import pathlib
import signal
import subprocess
import sys
import zoneinfo
from contextlib import ExitStack
from typing import Any, Callable

PACKAGE = "ia_plugin"
OURS = (PACKAGE, "tests", "test_", "tools")
WHOLE = ("int32", "time-zones", "fork", "cp1252", "locked", "platform")


class WithoutTzdata(importlib.abc.MetaPathFinder):
    """Makes the package tzdata absent."""

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> None:
        if name.split(".")[0] == "tzdata":
            raise ModuleNotFoundError("No module named 'tzdata'", name=name)


def without_time_zones() -> None:
    os.environ["PYTHONTZPATH"] = ""
    zoneinfo.reset_tzpath(to=[])
    dateutil = importlib.util.find_spec("dateutil")
    archive = pathlib.Path(str(dateutil.origin)).parent / "zoneinfo" / "dateutil-zoneinfo.tar.gz" if dateutil else None
    if importlib.util.find_spec("pytz") or (archive and archive.is_file()):
        sys.meta_path.insert(0, WithoutTzdata())
    else:
        print("windows_like: no other package here carries time zones; tzdata is left in place")


def without_fork() -> None:
    for name in ("fork", "forkpty"):
        if hasattr(os, name):
            delattr(os, name)
    if hasattr(signal, "SIGKILL"):
        del signal.SIGKILL
    multiprocessing.get_all_start_methods = lambda: ["spawn"]  # type: ignore[assignment]
    multiprocessing.set_start_method("spawn", force=True)


def text_in_cp1252() -> None:
    """For our own modules: others have their own ways, and Windows' Python has those."""
    real: Callable[..., Any] = io.open

    def opened(file: Any, mode: str = "r", buffering: int = -1, encoding: Any = None, *rest: Any, **more: Any) -> Any:
        if "b" not in mode and encoding in (None, "locale") and _caller().startswith(OURS):
            encoding = "cp1252"
        return real(file, mode, buffering, encoding, *rest, **more)

    builtins.open = io.open = opened  # type: ignore[assignment]
    pathlib.Path.read_text = lambda self, encoding=None, errors=None: _read(opened, self, encoding, errors)  # type: ignore
    pathlib.Path.write_text = lambda self, data, encoding=None, errors=None, newline=None: _write(  # type: ignore
        opened, self, data, encoding, errors, newline
    )
    begin = subprocess.Popen.__init__

    def begun(self: Any, *args: Any, **kwargs: Any) -> None:
        if (kwargs.get("text") or kwargs.get("universal_newlines")) and kwargs.get("encoding") is None:
            kwargs["encoding"] = "cp1252" if _caller().startswith(OURS) else None
        begin(self, *args, **kwargs)

    subprocess.Popen.__init__ = begun  # type: ignore[method-assign]


def _read(opened: Any, path: Any, encoding: Any, errors: Any) -> str:
    with opened(path, "r", -1, encoding, errors) as file:
        return str(file.read())


def _write(opened: Any, path: Any, data: str, encoding: Any, errors: Any, newline: Any) -> int:
    with opened(path, "w", -1, encoding, errors, newline) as file:
        return int(file.write(data))


def _caller() -> str:
    """The module that asked, past this one and the standard library's own steps."""
    frame = sys._getframe(2)
    while frame is not None and frame.f_globals.get("__name__") in (
        __name__,
        "pathlib",
        "pathlib._local",
        "subprocess",
    ):
        frame = frame.f_back  # type: ignore[assignment]
    return str(frame.f_globals.get("__name__", "")) if frame is not None else ""


class Platform(ast.NodeTransformer):
    """``sys.platform`` as Windows has it."""

    def visit_Attribute(self, node: ast.Attribute) -> Any:
        self.generic_visit(node)
        if isinstance(node.value, ast.Name) and (node.value.id, node.attr) == ("sys", "platform"):
            return ast.copy_location(ast.Constant("win32"), node)
        return node


class Changed(importlib.machinery.SourceFileLoader):
    """A module of the plugin, its text changed before it is compiled."""

    changes: tuple[type[ast.NodeTransformer], ...] = ()

    def get_code(self, fullname: str) -> Any:
        tree: ast.AST = ast.parse(self.get_data(self.path), self.path)
        for change in self.changes:
            tree = ast.fix_missing_locations(change().visit(tree))
        return compile(tree, self.path, "exec", dont_inherit=True)  # type: ignore[arg-type]


class Finder(importlib.abc.MetaPathFinder):
    """Finds the plugin's modules for :class:`Changed`."""

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        if name.split(".")[0] != PACKAGE:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path)
        if spec is not None and spec.origin is not None and spec.origin.endswith(".py"):
            spec.loader = Changed(name, spec.origin)
        return spec


def changed_modules(int32: bool, platform: bool) -> None:
    changes: list[type[ast.NodeTransformer]] = []
    if int32:
        from .narrow_numpy import NAMES, Narrowing

        for name, value in NAMES.items():
            setattr(builtins, name, value)
        changes.append(Narrowing)
    if platform:
        changes.append(Platform)
    Changed.changes = tuple(changes)
    sys.meta_path.insert(0, Finder())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=WHOLE, default=WHOLE, help="parts, instead of all")
    at = sys.argv.index("--") if "--" in sys.argv else len(sys.argv)
    parts = set(parser.parse_args(sys.argv[1:at]).only)
    # What is not ours is imported as it is.
    import numpy as np
    import pytest

    if "int32" in parts and int(np.__version__.split(".")[0]) >= 2:
        parts.discard("int32")
        print("windows_like: numpy 2 has whole numbers of 64 bits on Windows too; int32 is left out")
    if "time-zones" in parts:
        without_time_zones()
    if "fork" in parts:
        without_fork()
    if "cp1252" in parts:
        text_in_cp1252()
    if parts & {"int32", "platform"}:
        changed_modules("int32" in parts, "platform" in parts)
    with ExitStack() as until_the_end:
        if "locked" in parts:
            from .locked_files import locked

            until_the_end.enter_context(locked())
        return int(pytest.main(sys.argv[at + 1 :]))


if __name__ == "__main__":
    sys.exit(main())
