"""Whether a key can be guessed: what a guesser would try first is counted low, everything else as if it were random.

The estimate is generous, so that hardly a random key of 128 bits is refused: it only finds keys that are plainly none, such as a word, a
date, one letter many times, or a row of the keyboard.
"""

from __future__ import annotations

import codecs
import math
import re
from typing import Optional

from .errors import PrivacyError

ENOUGH_BITS = 40.0
"""Four words, short ones too; 32 random bytes have 256."""

FEWEST_SIGNS = 8  # a random key of 32 hexadecimal digits has about fourteen
FEWEST_HEX_DIGITS = 32
REMEDY = (
    'Make one of random bytes: python -c "import secrets; print(secrets.token_hex(32))", kept in a file that '
    "only you can read. A store that was written with this key has to be made anew with the new one."
)

_WORD_BITS, _WORD_LENGTH = 11.0, 8  # a word among two thousand, for each eight letters begun
_LETTER_BITS, _MIXED_BITS, _DIGIT_BITS, _SIGN_BITS, _BYTE_BITS = 4.7, 5.7, 3.3, 5.0, 8.0
_YEAR_BITS, _PARTING_BITS = 6.0, 1.0
_PIECES = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|[^\W\d_]+|[\s._-]|.", re.DOTALL)
_WORDS = re.compile(r"[^\W\d_a-z]?[^\W\d_A-Z]+|[A-Z]+")  # WestMidlands is two
_AGAIN_BITS = 4.0  # to say that a piece comes again, and which
_SHORTEST_AGAIN = 3
_KEYBOARD = ("qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl", "yxcvbnm", "zxcvbnm", "1234567890")
_BESIDE = frozenset(a + b for row in _KEYBOARD for pair in zip(row, row[1:]) for a, b in (pair, pair[::-1]))


def check_strength(secret: bytes) -> None:
    """Refuse a key that can be guessed.

    Raises
    ------
    PrivacyError
        which names the kind of weakness and never the key.

    >>> check_strength(b"correct horse battery staple")
    """
    text = _as_text(secret)
    signs = list(text) if text is not None else [chr(b) for b in secret]
    plain = re.sub(r"\W|_", "", text or "")
    if len(set(signs)) < FEWEST_SIGNS:
        raise PrivacyError(f"The key is weak (only {len(set(signs))} different signs).", REMEDY)
    if plain.isdigit():
        raise PrivacyError("The key is weak (nothing but digits).", REMEDY)
    if len(plain) < FEWEST_HEX_DIGITS and re.fullmatch("[0-9a-fA-F]+", plain):
        raise PrivacyError(f"The key is weak (only {len(plain)} hexadecimal digits).", REMEDY)
    if guessing_bits(secret) < ENOUGH_BITS:
        raise PrivacyError("The key is weak (it can be guessed: words, rows or repeats).", REMEDY)


def guessing_bits(secret: bytes) -> float:
    """About how many times a guesser must double the tries, at most.

    >>> [round(guessing_bits(k)) for k in (b"passwordpassword", b"abcdefghijklmnopqrst", b"West Midlands Police")]
    [15, 5, 33]
    """
    text = _as_text(secret)
    signs = [chr(b) for b in secret] if text is None else list(text)
    new, again, pieces = _surprises("".join(s.lower()[:1] if text is not None else s for s in signs))
    bits = _AGAIN_BITS * pieces
    if text is None:
        return bits + _BYTE_BITS * sum(new)
    spans = (p.span() for p in _PIECES.finditer(text))
    return bits + sum(_bits(text[a:b], new[a:b], again[a:b]) for a, b in spans)


def _bits(piece: str, new: list[bool], again: list[bool]) -> float:
    """The bits of a year, a run of letters, or one sign; signs that follow from those before say nothing."""
    fresh = sum(new)
    if piece.isalpha():
        words = [m.span() for m in _WORDS.finditer(piece)]
        if len(words) > 1 and min(b - a for a, b in words) < 3:  # small and capital letters in no order: nobody's word
            return _MIXED_BITS * fresh
        whole = sum(math.ceil((b - a - sum(again[a:b])) / _WORD_LENGTH) for a, b in words)
        return min(_LETTER_BITS * fresh, _WORD_BITS * whole)
    if len(piece) > 1:
        return min(_DIGIT_BITS * fresh, _YEAR_BITS)
    return fresh * (_DIGIT_BITS if piece.isdigit() else _PARTING_BITS if re.match(r"[\s._-]", piece) else _SIGN_BITS)


def _as_text(secret: bytes) -> Optional[str]:
    """The key as text, however the file was saved; None where it is plain bytes."""
    wide = secret.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = secret.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        return None
    return text if all(c.isprintable() or c.isspace() for c in text) else None


def _surprises(text: str) -> tuple[list[bool], list[bool], int]:
    """Which signs do not follow from those before, which are of a piece that came before (bool, n), and how many pieces."""
    new, again, pieces, at = [True] * len(text), [False] * len(text), 0, 0
    while at < len(text):
        length = _comes_again(text, at)
        if length >= _SHORTEST_AGAIN:
            new[at : at + length], again[at : at + length] = [False] * length, [True] * length
            pieces, at = pieces + 1, at + length
            continue
        new[at] = not (at and _follows(text[at - 1], text[at]))
        at += 1
    return new, again, pieces


def _comes_again(text: str, at: int) -> int:
    """How long the longest piece from `at` is that also begins before it."""
    length = 0
    while at + length < len(text) and text.find(text[at : at + length + 1], 0, at + length) >= 0:
        length += 1
    return length


def _follows(before: str, sign: str) -> bool:
    """The same sign, its neighbour in the alphabet or on the keyboard."""
    return abs(ord(sign) - ord(before)) <= 1 or before + sign in _BESIDE


__all__ = ["ENOUGH_BITS", "check_strength", "guessing_bits"]
