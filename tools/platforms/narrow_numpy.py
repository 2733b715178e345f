"""numpy 1 as it is on Windows, where a whole number that nobody gave a width has 32 bits; and an alarm where that is too few.

:data:`NARROW` stands for ``numpy`` in the modules that :mod:`.windows_like` loads, and :class:`Narrowing` sends their
arithmetic and a few methods through here. A result that Windows would give as 32 bits is given so, and
:class:`Overflow` is raised where it does not fit: on Windows the figure would be wrong without a word.
"""

from __future__ import annotations

import ast
import operator
import types
from typing import Any, Callable

import numpy as np
import pandas as pd

_LEAST, _MOST = -(2**31), 2**31 - 1
_OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "Add": operator.add, "Sub": operator.sub, "Mult": operator.mul, "Pow": operator.pow,
    "FloorDiv": operator.floordiv, "Mod": operator.mod, "LShift": operator.lshift,
}  # fmt: skip
_IN_PLACE = {"Add": operator.iadd, "Sub": operator.isub, "Mult": operator.imul, "Pow": operator.ipow}
_METHODS = ("astype", "to_numpy", "sum", "cumsum", "prod", "cumprod", "dot")
# What counts places in memory has 64 bits on Windows too.
_PLACES = {
    "argsort", "argmin", "argmax", "nanargmin", "nanargmax", "argpartition", "argwhere", "searchsorted", "flatnonzero",
    "nonzero", "bincount", "unique", "lexsort", "digitize", "histogram", "histogram2d", "count_nonzero", "indices",
    "unravel_index", "ravel_multi_index", "shape", "size", "frombuffer",
}  # fmt: skip


class Overflow(OverflowError):
    """A whole number of more than 32 bits where Windows has no more."""


def settled(out: Any, inputs: Any, wide: Callable[[], Any] = lambda: None) -> Any:
    """A result as Windows gives it; `wide` computes it anew in 64 bits, where it came in 32."""
    if isinstance(out, (tuple, list)):
        return type(out)(settled(part, inputs) for part in out) if type(out) in (tuple, list) else out
    kind = getattr(out, "dtype", None)
    if kind == np.int64 and isinstance(out, (np.ndarray, np.generic)) and all(map(_narrow, inputs)):
        narrow = out.astype(np.int32)
        if not np.array_equal(narrow, out):
            raise _overflow(narrow, out)
        return narrow
    if kind == np.int32:
        whole = wide()
        if whole is not None and not np.array_equal(np.asarray(whole), np.asarray(out)):
            raise _overflow(out, whole)
    return out


def _overflow(narrow: Any, whole: Any) -> Overflow:
    wide = np.atleast_1d(np.asarray(whole))
    first = wide[np.atleast_1d(np.asarray(narrow)) != wide].ravel()[0]
    return Overflow(f"{first} does not fit into the 32 bits that it has on Windows")


def binary(name: str, a: Any, b: Any) -> Any:
    """``a + b`` and its like."""
    return settled(_OPERATORS[name](a, b), (a, b), lambda: _OPERATORS[name](_wide(a), _wide(b)))


def in_place(name: str, a: Any, b: Any) -> Any:
    """What ``a += b`` makes of a name; an array keeps its width."""
    if isinstance(a, list):  # which takes in whatever can be gone through, as a + b does not
        return _IN_PLACE[name](a, b)
    if not isinstance(a, np.ndarray):
        return binary(name, a, b) if not hasattr(a, "dtype") else _IN_PLACE[name](a, b)
    whole = _OPERATORS[name](_wide(a), _wide(b)) if a.dtype == np.int32 else None
    return settled(_IN_PLACE[name](a, b), (0.5,), lambda: whole)


def method(of: Any, name: str, args: Any, kwargs: Any) -> Any:
    """A method of an array or of a pandas table; of anything else, as it is."""
    if isinstance(of, (np.ndarray, np.generic, pd.Series, pd.DataFrame, pd.Index)) and name in ("astype", "to_numpy"):
        args, kwargs = tuple(map(_type, args)), {k: _type(v) for k, v in kwargs.items()}
    out = getattr(of, name)(*args, **kwargs)
    if isinstance(of, (np.ndarray, np.generic)) and name not in ("astype", "to_numpy"):
        return out if kwargs.get("dtype") is not None else settled(out, (of,))
    return out


def _narrow(value: Any) -> bool:
    """Whether a value has no more than Windows' 32 bits."""
    if isinstance(value, (bool, int)):
        return _LEAST <= value <= _MOST
    if isinstance(value, (list, tuple, range)):
        return all(map(_narrow, value))
    kind = getattr(value, "dtype", None)
    return isinstance(kind, np.dtype) and (
        kind.kind == "b" or kind in (np.int8, np.int16, np.int32, np.uint8, np.uint16)
    )


def _wide(value: Any) -> Any:
    return value.astype(np.int64) if getattr(value, "dtype", None) == np.int32 else value


def _type(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _type(v) for k, v in value.items()}
    return np.int32 if value is int or (isinstance(value, str) and value in ("int", "int_", "l")) else value


def _function(real: Any, name: str) -> Any:
    def call(*args: Any, **kwargs: Any) -> Any:
        typed = any(a is int for a in args) or kwargs.get("dtype") is not None
        args, kwargs = tuple(_type(a) for a in args), {k: _type(v) if k == "dtype" else v for k, v in kwargs.items()}
        out = real(*args, **kwargs)
        if typed or name in _PLACES or (name == "where" and len(args) == 1) or not args:
            return out
        inputs = args[1:3] if name in ("where", "full") else args[1:] if name == "full_like" else args
        return settled(out, inputs, lambda: real(*map(_wide, args), **kwargs) if isinstance(real, np.ufunc) else None)

    return call


class _Ufunc:
    """One of numpy's own functions with its ways to reduce."""

    def __init__(self, real: np.ufunc) -> None:
        self._call, self._real = _function(real, real.__name__), real

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._call(*args, **kwargs)

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._real, name)
        return _function(found, name) if name in ("reduce", "reduceat", "accumulate", "outer") else found


class _Joined:
    """``np.r_`` and ``np.c_``."""

    def __init__(self, real: Any) -> None:
        self._real = real

    def __getitem__(self, key: Any) -> Any:
        return settled(self._real[key], key if isinstance(key, tuple) else (key,))


class NarrowNumpy(types.ModuleType):
    """numpy, with the default whole number of Windows."""

    def __getattr__(self, name: str) -> Any:
        real = getattr(np, name)
        if name == "int_":
            made: Any = np.int32
        elif name in ("r_", "c_"):
            made = _Joined(real)
        elif isinstance(real, np.ufunc):
            made = _Ufunc(real)
        elif callable(real) and not isinstance(real, type) and not isinstance(real, types.ModuleType):
            made = _function(real, name)
        else:
            made = real
        setattr(self, name, made)
        return made


NARROW = NarrowNumpy("numpy")


class Narrowing(ast.NodeTransformer):
    """A module's text, with numpy, its arithmetic and its methods sent through here (names in builtins)."""

    def visit_Import(self, node: ast.Import) -> Any:
        if [a.name for a in node.names] != ["numpy"]:
            return node
        target = ast.Name(node.names[0].asname or "numpy", ast.Store())
        return ast.copy_location(ast.Assign([target], ast.Name("__narrow_numpy__", ast.Load())), node)

    def visit_BinOp(self, node: ast.BinOp) -> Any:
        self.generic_visit(node)
        name = type(node.op).__name__
        return (
            self._call(node, "__narrow_binary__", ast.Constant(name), node.left, node.right)
            if name in _OPERATORS
            else node
        )

    def visit_AugAssign(self, node: ast.AugAssign) -> Any:
        self.generic_visit(node)
        name = type(node.op).__name__
        if name not in _IN_PLACE or not isinstance(node.target, ast.Name):
            return node
        value = self._call(
            node, "__narrow_in_place__", ast.Constant(name), ast.Name(node.target.id, ast.Load()), node.value
        )
        return ast.copy_location(ast.Assign([node.target], value), node)

    def visit_Call(self, node: ast.Call) -> Any:
        self.generic_visit(node)
        plain = all(k.arg for k in node.keywords) and not any(isinstance(a, ast.Starred) for a in node.args)
        if not isinstance(node.func, ast.Attribute) or node.func.attr not in _METHODS or not plain:
            return node
        if isinstance(node.func.value, ast.Name) and node.func.value.id == "np":
            return node
        named = ast.Dict([ast.Constant(k.arg) for k in node.keywords], [k.value for k in node.keywords])
        given = ast.Tuple(node.args, ast.Load())
        return self._call(node, "__narrow_method__", node.func.value, ast.Constant(node.func.attr), given, named)

    @staticmethod
    def _call(node: ast.AST, name: str, *args: ast.expr) -> ast.Call:
        return ast.copy_location(ast.Call(ast.Name(name, ast.Load()), list(args), []), node)


NAMES = {
    "__narrow_numpy__": NARROW,
    "__narrow_binary__": binary,
    "__narrow_in_place__": in_place,
    "__narrow_method__": method,
}
