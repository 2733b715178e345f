"""What a column and a table of the data dictionary are (standard library only)."""

from __future__ import annotations

from dataclasses import dataclass

# Kinds: str, int, float, bool, time (datetime64[ns, UTC]), date, geometry.


@dataclass(frozen=True)
class Column:
    """One column: its kind, and its meaning. `personal` marks what never enters the summary store."""

    name: str
    kind: str
    help: str
    optional: bool = False
    personal: bool = False


@dataclass(frozen=True)
class Table:
    """One table of the contract; `row` says what one row is."""

    name: str
    row: str
    columns: tuple[Column, ...]
    geometry: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """All columns, in order."""
        return tuple(c.name for c in self.columns)

    @property
    def required(self) -> tuple[str, ...]:
        """The columns that a table must have."""
        return tuple(c.name for c in self.columns if not c.optional)

    def kind(self, name: str) -> str:
        """The kind of a column; KeyError for one the table does not have."""
        return {c.name: c.kind for c in self.columns}[name]


def table(name: str, row: str, *columns: str, geometry: str = "") -> Table:
    """A table of columns written as ``name:kind[?][!] help``; ``?`` marks an optional one, ``!`` a personal one.

    Examples
    --------
    >>> radios = table("radios", "one radio", "radio_id:str! keyed pseudonym", "radio_kind:str? personal or vehicle")
    >>> radios.names, radios.required
    (('radio_id', 'radio_kind'), ('radio_id',))
    >>> [c.name for c in radios.columns if c.personal]
    ['radio_id']
    """
    return Table(name, row, tuple(_column(c) for c in columns), geometry)


def _column(text: str) -> Column:
    head, _, help_text = text.partition(" ")
    name, _, kind = head.partition(":")
    return Column(name, kind.rstrip("?!"), help_text, optional="?" in kind, personal="!" in kind)
