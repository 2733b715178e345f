"""The page "About these data" as HTML of the few elements that every reader of it knows; every value is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timezone
from html import escape

from ..filter_state import day_in_words
from ..sentence import changed, joined, phrase, sentence
from ..times.civil import pandas_zone
from ..words import capitalised
from .card import DECLARED, NO_CARD
from .facts import About, Refresh
from .method import cannot_say, method_in_ten_lines

MOST_REASONS = 4  # why rows were left out, by kind of extract
NO_KEEPER = phrase(
    "A program on a computer cannot keep out someone who holds the files: the permissions of the folder do."
)


def about_html(about: About, today: date) -> str:
    """The whole page, as the body of a document.

    Parameters
    ----------
    about : what is known of the store
    today : for the review date of the card
    """
    whom = (
        about.card.contact
        if about.card and about.card.contact
        else phrase("nobody was named yet: enter the governance card")
    )
    parts = [
        _in("h1", sentence("About these data: {store}", store=about.name)),
        joined("", ("<p>", _in("b", about.beta), " ", _escaped(about.agreement.in_brief()), "</p>")),
        _in("p", sentence("Whom to ask: {office}.", office=whom)),
        *_section(
            phrase("How new they are"),
            [_table((phrase("Data of"), phrase("To")), about.data_to)],
            _delays(about),
            _refresh(about),
        ),
        *_section(phrase("Where they come from"), [_sources(about)], _place(about)),
        *_section(phrase("How much was observed"), _observed(about)),
        *_section(phrase("Quality findings to decide"), _findings(about)),
        *_section(
            phrase("Checked against the source systems"), _paragraphs(about.agreement.sentences()), _how_to_check(about)
        ),
        *_section(phrase("The method in ten lines"), [_list(method_in_ten_lines(about.way), "ol")]),
        *_section(phrase("What these data cannot say"), [_list(cannot_say(), "ul")]),
        *_section(phrase("Governance card"), _card(about, today)),
        *(_section(phrase("Repeated looks at one officer"), [_list(about.looks, "ul")]) if about.looks else []),
    ]
    return joined("\n", parts)


def _escaped(text: str) -> str:
    """A text as HTML has it, in whatever language."""
    return changed(text, escape)


def _in(tag: str, text: str) -> str:
    """An element with a text."""
    return joined("", (f"<{tag}>", _escaped(text), f"</{tag.split()[0]}>"))


def _section(title: str, *parts: Iterable[str]) -> list[str]:
    return [_in("h2", title), *(p for part in parts for p in part)]


def _paragraphs(sentences: Iterable[str]) -> list[str]:
    return [_in("p", s) for s in sentences]


def _list(sentences: Iterable[str], kind: str) -> str:
    return joined("", (f"<{kind}>", *(_in("li", s) for s in sentences), f"</{kind}>"))


def _table(header: Sequence[str], rows: Iterable[Sequence[str]], empty: str = phrase("No data yet.")) -> str:
    """Numbers stand to the right; of a table without rows there is a sentence."""
    cells = [list(row) for row in rows]
    if not cells:
        return _in("p", empty)
    right = [
        all(r[i][:1].isdigit() and r[i].replace(",", "").replace(" %", "").isdigit() for r in cells)
        for i in range(len(header))
    ]
    side = [' align="right"' if r else ' align="left"' for r in right]
    head = (_in(f"th{s}", h) for h, s in zip(header, side))
    body = (joined("", ("<tr>", *(_in(f"td{s}", c) for c, s in zip(row, side)), "</tr>")) for row in cells)
    begin = '<table cellspacing="0" cellpadding="4" border="0"><tr>'
    return joined("", (begin, *head, "</tr>", *body, "</table>"))


def _delays(about: About) -> list[str]:
    """How late records of events come: a period of the default ends where all are 95 % complete, and later days are still filling."""
    return (
        [_list((joined("", (capitalised(kind), ": ", words, ".")) for kind, words in about.delays), "ul")]
        if about.delays
        else []
    )


def _refresh(about: About) -> list[str]:
    last = about.refreshed
    if last is None:
        return _paragraphs([phrase("No refresh of this store is on record.")])
    outcome = sentence(
        "Last refresh {moment}: went well." if last.good else "Last refresh {moment}: did not go well.",
        moment=_moment(last, about.timezone),
    )
    return _paragraphs([joined(" ", (outcome, last.outcome))])


def _moment(last: Refresh, zone: str) -> str:
    try:
        at = datetime.fromisoformat(last.at.replace("Z", "+00:00"))
    except ValueError:
        return last.at
    local = (at if at.tzinfo else at.replace(tzinfo=timezone.utc)).astimezone(pandas_zone(zone))
    return joined(", ", (day_in_words(local.date()), f"{local:%H:%M}"))


def _sources(about: About) -> str:
    rows = [(s.label, f"{s.files:,}", f"{s.read:,}", f"{s.kept:,}", s.last) for s in about.sources]
    return _table(
        (phrase("Extracts"), phrase("Files"), phrase("Rows"), phrase("Kept"), phrase("Last import")),
        rows,
        phrase("What went into them is told from the next refresh on."),
    )


def _place(about: About) -> list[str]:
    left = []
    for s in about.sources:
        more = len(s.dropped) - MOST_REASONS
        whys = [joined(" ", (f"{n:,}", why)) for why, n in s.dropped[:MOST_REASONS]]
        whys += [sentence("{n} more reasons", n=more)] if more > 0 else []
        if whys:
            left.append(sentence("Left out of {extract}: {reasons}.", extract=s.label, reasons=joined("; ", whys)))
    half = (
        phrase("both halves of the store, single movements too")
        if about.in_restricted
        else phrase("the summary alone, without any single movement")
    )
    return _paragraphs(
        [*left, joined(" ", (sentence("They lie in {folder}: {half}.", folder=about.folder, half=half), NO_KEEPER))]
    )


def _observed(about: About) -> list[str]:
    seen = about.observed
    if not seen.month:
        return _paragraphs(
            [
                phrase(
                    "By unit it is told once a month is closed: all its days are computed, and data reach three days beyond it."
                )
            ]
        )
    rest = phrase("What other units have is withheld: it rests on fewer than five officers.") if seen.withheld else ""
    table = [_table((phrase("Unit"), phrase("Observed")), [(u, f"{p} %") for u, p in seen.units])] if seen.units else []
    return [*_paragraphs(filter(None, [seen.sentence])), *table, *_paragraphs(filter(None, [rest]))]


def _findings(about: About) -> list[str]:
    if about.nothing_found:
        return _paragraphs([about.nothing_found])
    rows = (
        joined("", ("<li>", _in("b", f.sentence), "<br>", _escaped(f.consequence), "</li>"))
        for f in about.findings or ()
    )
    found = _in("p", sentence("Found on {day}:", day=about.findings_at))
    return [joined("", (found, "<ul>", *rows, "</ul>"))]


def _how_to_check(about: About) -> list[str]:
    if about.why_no_writing:
        return []
    return _paragraphs(
        [
            phrase(
                "Sample check, among the algorithms, draws a sheet to hold against the source systems, and takes its results back."
            )
        ]
    )


def _card(about: About, today: date) -> list[str]:
    if about.card is None:
        return _paragraphs([NO_CARD])
    since = [sentence("Entered on {day}.", day=about.card.recorded)] if about.card.recorded else []
    return [
        *_paragraphs([joined(" ", (DECLARED, *since))]),
        _table((phrase("Question"), phrase("Declared")), about.card.lines(today)),
    ]


__all__ = ["about_html"]
