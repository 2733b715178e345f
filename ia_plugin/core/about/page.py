"""The page "About these data" as HTML of the few elements that every reader of it knows; every value is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timezone
from html import escape

from ..filter_state import day_in_words
from ..times.civil import pandas_zone
from ..words import capitalised
from .card import DECLARED, NO_CARD
from .facts import About, Refresh
from .method import cannot_say, method_in_ten_lines

MOST_REASONS = 4  # why rows were left out, by kind of extract
NO_KEEPER = "A program on a computer cannot keep out someone who holds the files: the permissions of the folder do."


def about_html(about: About, today: date) -> str:
    """The whole page, as the body of a document.

    Parameters
    ----------
    about : what is known of the store
    today : for the review date of the card
    """
    whom = (
        about.card.contact if about.card and about.card.contact else "nobody was named yet: enter the governance card"
    )
    parts = [
        f"<h1>About these data: {escape(about.name)}</h1>",
        f"<p><b>{escape(about.beta)}</b> {escape(about.agreement.in_brief())}</p>",
        f"<p>Whom to ask: {escape(whom)}.</p>",
        *_section("How new they are", [_table(("Data of", "To"), about.data_to)], _delays(about), _refresh(about)),
        *_section("Where they come from", [_sources(about)], _place(about)),
        *_section("How much was observed", _observed(about)),
        *_section("Quality findings to decide", _findings(about)),
        *_section("Checked against the source systems", _paragraphs(about.agreement.sentences()), _how_to_check(about)),
        *_section("The method in ten lines", [_list(method_in_ten_lines(about.way), "ol")]),
        *_section("What these data cannot say", [_list(cannot_say(), "ul")]),
        *_section("Governance card", _card(about, today)),
        *(_section("Repeated looks at one officer", [_list(about.looks, "ul")]) if about.looks else []),
    ]
    return "\n".join(parts)


def _section(title: str, *parts: Iterable[str]) -> list[str]:
    return [f"<h2>{escape(title)}</h2>", *(p for part in parts for p in part)]


def _paragraphs(sentences: Iterable[str]) -> list[str]:
    return [f"<p>{escape(s)}</p>" for s in sentences]


def _list(sentences: Iterable[str], kind: str) -> str:
    return f"<{kind}>{''.join(f'<li>{escape(s)}</li>' for s in sentences)}</{kind}>"


def _table(header: Sequence[str], rows: Iterable[Sequence[str]], empty: str = "No data yet.") -> str:
    """Numbers stand to the right; of a table without rows there is a sentence."""
    cells = [list(map(str, row)) for row in rows]
    if not cells:
        return f"<p>{escape(empty)}</p>"
    right = [
        all(r[i][:1].isdigit() and r[i].replace(",", "").replace(" %", "").isdigit() for r in cells)
        for i in range(len(header))
    ]
    side = [' align="right"' if r else ' align="left"' for r in right]
    head = "".join(f"<th{s}>{escape(h)}</th>" for h, s in zip(header, side))
    body = "".join(f"<tr>{''.join(f'<td{s}>{escape(c)}</td>' for c, s in zip(row, side))}</tr>" for row in cells)
    return f'<table cellspacing="0" cellpadding="4" border="0"><tr>{head}</tr>{body}</table>'


def _delays(about: About) -> list[str]:
    """How late records of events come: a period of the default ends where all are 95 % complete, and later days are still filling."""
    return (
        [_list((f"{capitalised(kind)}: {sentence}." for kind, sentence in about.delays), "ul")] if about.delays else []
    )


def _refresh(about: About) -> list[str]:
    last = about.refreshed
    if last is None:
        return ["<p>No refresh of this store is on record.</p>"]
    end = "went well" if last.good else "did not go well"
    return [f"<p>Last refresh {escape(_moment(last, about.timezone))}: {end}. {escape(last.outcome)}</p>"]


def _moment(last: Refresh, zone: str) -> str:
    try:
        at = datetime.fromisoformat(last.at.replace("Z", "+00:00"))
    except ValueError:
        return last.at
    local = (at if at.tzinfo else at.replace(tzinfo=timezone.utc)).astimezone(pandas_zone(zone))
    return f"{day_in_words(local.date())}, {local:%H:%M}"


def _sources(about: About) -> str:
    rows = [(s.label, f"{s.files:,}", f"{s.read:,}", f"{s.kept:,}", s.last) for s in about.sources]
    return _table(
        ("Extracts", "Files", "Rows", "Kept", "Last import"),
        rows,
        "What went into them is told from the next refresh on.",
    )


def _place(about: About) -> list[str]:
    left = [
        f"Left out of {s.label}: {'; '.join(f'{n:,} {why}' for why, n in s.dropped[:MOST_REASONS])}"
        + (f"; {len(s.dropped) - MOST_REASONS} more reasons." if len(s.dropped) > MOST_REASONS else ".")
        for s in about.sources
        if s.dropped
    ]
    half = (
        "both halves of the store, single movements too"
        if about.in_restricted
        else "the summary alone, without any single movement"
    )
    return _paragraphs([*left, f"They lie in {about.folder}: {half}. {NO_KEEPER}"])


def _observed(about: About) -> list[str]:
    seen = about.observed
    if not seen.month:
        return _paragraphs(
            [
                "By unit it is told once a month is closed: all its days are computed, and data reach three days beyond it."
            ]
        )
    first = (
        f"In {seen.month} {seen.all} % of the time between officers' first and last reports of a turn was observed."
        if seen.all is not None
        else ""
    )
    rest = "What other units have is withheld: it rests on fewer than five officers." if seen.withheld else ""
    table = [_table(("Unit", "Observed"), [(u, f"{p} %") for u, p in seen.units])] if seen.units else []
    return [*_paragraphs(filter(None, [first])), *table, *_paragraphs(filter(None, [rest]))]


def _findings(about: About) -> list[str]:
    if about.findings is None:
        return _paragraphs(["The quality of these data was not looked at yet: run Data quality with this store."])
    if not about.findings:
        return _paragraphs([f"Nothing was found on {about.findings_at} that asks for a decision."])
    rows = "".join(f"<li><b>{escape(f.sentence)}</b><br>{escape(f.consequence)}</li>" for f in about.findings)
    return [f"<p>Found on {escape(about.findings_at)}:</p><ul>{rows}</ul>"]


def _how_to_check(about: About) -> list[str]:
    if about.why_no_writing:
        return []
    return _paragraphs(
        [
            "Sample check, among the algorithms, draws a sheet to hold against the source systems, and takes its results back."
        ]
    )


def _card(about: About, today: date) -> list[str]:
    if about.card is None:
        return _paragraphs([NO_CARD])
    since = f" Entered on {about.card.recorded}." if about.card.recorded else ""
    return [*_paragraphs([f"{DECLARED}{since}"]), _table(("Question", "Declared"), about.card.lines(today))]


__all__ = ["about_html"]
