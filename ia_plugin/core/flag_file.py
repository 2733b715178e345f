"""Flags on figures: what is doubted and what was found; and the file that a reader without write access leaves one in."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Optional

import pandas as pd

from .columns import FLAG_STATES, FLAGS
from .disclosure.shown_texts import guarded_role, guarded_text, shown_text
from .errors import FileError, ParameterError
from .figure_code import figure_asked, read_code
from .filter_state import FilterState
from .sentence import sentence
from .superseded import standing

FORM = 1  # of the file
LARGEST = 64_000  # bytes of one
_ID = re.compile(r"[0-9a-f]{32}")
OPEN = FLAG_STATES[0]
AHEAD = pd.Timedelta("1D")  # a clock may be wrong, not by more
REMEDY = "Raise it again from the dashboard."


@dataclass(frozen=True)
class Flag:
    """A doubt about a figure, before anybody looked into it.

    Attributes
    ----------
    flag_id : its own id
    figure, code : number of the figure, and its code; "" for one that has none
    text : what is doubted
    raised_at : UTC
    """

    flag_id: str
    figure: str
    code: str
    text: str
    raised_at: pd.Timestamp

    def as_file(self) -> str:
        """The text of a drop file."""
        facts = {
            "form": FORM, "flag_id": self.flag_id, "figure": self.figure, "code": self.code, "text": self.text,
            "raised_at": self.raised_at.isoformat(),
        }  # fmt: skip
        return json.dumps(facts, indent=1, sort_keys=True, ensure_ascii=False) + "\n"

    def as_row(self, at: pd.Timestamp) -> pd.DataFrame:
        """The row of the flags table, written down at a moment."""
        row = {**dict.fromkeys(FLAGS.names), "flag_id": self.flag_id, "figure": self.figure, "code": self.code or None, "text": self.text,
               "raised_at": self.raised_at, "recorded_at": at, "status": OPEN}  # fmt: skip
        return with_moments(pd.DataFrame([row], dtype=object))


def new_flag(reference: str, text: str, at: pd.Timestamp) -> Flag:
    """A flag at a figure.

    Parameters
    ----------
    reference : its number, its code, or a copied text that has either

    Raises
    ------
    ParameterError
        where there is no figure in the reference, or no text.
    PrivacyError
        for a text that may name a person.
    """
    number, code = figure_asked(reference)
    return Flag(uuid.uuid4().hex, number, code.text() if code else "", guarded_text(text, "flag"), at)


def read_flag_file(content: bytes, now: pd.Timestamp) -> Flag:
    """The flag of a drop file.

    Raises
    ------
    FileError
        for one that is cut off, or no such file, or of a newer version, with the kind of fault; its text is never repeated.
    ParameterError, PrivacyError
        for a text as :func:`new_flag` refuses it.
    """
    if len(content) > LARGEST:
        raise FileError(
            sentence("It has {n:,} bytes, and a flag has at most {most:,}.", n=len(content), most=LARGEST), REMEDY
        )
    try:
        facts = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise FileError("It is cut off, or no file of a flag.", REMEDY) from None
    if not isinstance(facts, dict) or type(facts.get("form")) is not int:
        raise FileError("It is no file of a flag.", REMEDY)
    if facts["form"] > FORM:
        raise FileError(sentence('It was made by a newer version (form {form}; this one reads {own}).', form=facts['form'], own=FORM), "Update the plugin here.")  # fmt: skip
    parts = [facts.get(name, "") for name in ("flag_id", "figure", "code", "text", "raised_at")]
    if not all(isinstance(part, str) for part in parts) or not _ID.fullmatch(parts[0]):
        raise FileError("It lacks its id, or a part of it is no text.", REMEDY)
    flag_id, figure, code, text, raised = parts
    number = figure_asked(figure)[0] if figure else ""
    if code:
        read = read_code(code)
        number, code = number or read.number, read.text()
    if not number and not code:
        raise FileError("It names no figure.", REMEDY)
    moment = pd.to_datetime(raised, utc=True, errors="coerce")
    if pd.isna(moment) or moment > now + AHEAD:
        raise FileError("When it was raised cannot be read, or lies in the future.", REMEDY)
    return Flag(flag_id, number, code, guarded_text(text, "flag"), min(moment, now))


def answered(row: Mapping[str, object], status: str, owner: str, reply: str, at: pd.Timestamp) -> pd.DataFrame:
    """The row that supersedes another one of a flag, with its status, the owner's role and a reply.

    Raises
    ------
    ParameterError
        for a status that there is not, and for a flag closed without a reply.
    PrivacyError
        for an owner or a reply that may name a person.
    """
    if status not in FLAG_STATES:
        raise ParameterError(
            sentence("{status!r} is no status of a flag.", status=status),
            sentence("Choose one of: {choices}.", choices=", ".join(FLAG_STATES)),
        )
    if status != OPEN and not reply.strip():
        raise ParameterError("A flag is closed with a reply.", "Say in a sentence what was found.")
    facts = {
        "flag_id": uuid.uuid4().hex, "recorded_at": at, "status": status, "owner": guarded_role(owner, "owner") or None,
        "reply": guarded_text(reply, "reply") if reply.strip() else None, "supersedes": row["flag_id"],
    }  # fmt: skip
    return with_moments(pd.DataFrame([{**{name: row.get(name) for name in FLAGS.names}, **facts}], dtype=object))


def with_moments(rows: pd.DataFrame) -> pd.DataFrame:
    """Flags with their moments as datetime64[ns, UTC]."""
    return rows.assign(**{name: pd.to_datetime(rows[name], utc=True) for name in ("raised_at", "recorded_at")})


def flags_shown(rows: pd.DataFrame) -> pd.DataFrame:
    """The flags as they stand, the latest first, their texts guarded once more."""
    shown = standing(rows, "flag_id").sort_values("raised_at", ascending=False, kind="stable").reset_index(drop=True)
    return shown.assign(**{name: shown[name].map(shown_text).astype(object) for name in ("text", "owner", "reply")})


def flags_at(flags: pd.DataFrame, number: str, state: Optional[FilterState] = None) -> pd.DataFrame:
    """The flags at a figure: those at its number, and those at any figure of the same filter, whatever day's data it was of."""
    same = flags["figure"].eq(number) if number else pd.Series(False, index=flags.index)
    if state is not None and len(flags):
        same |= flags["code"].map(lambda code: _state_of(code) == state).astype(bool)
    return flags[same].reset_index(drop=True)


def _state_of(code: object) -> Optional[FilterState]:
    if not isinstance(code, str) or not code:
        return None
    try:
        return read_code(code).state
    except ParameterError:
        return None


__all__ = ["Flag", "answered", "flags_at", "flags_shown", "new_flag", "read_flag_file", "with_moments"]
