"""Small spreadsheets, written cell by cell: Excel workbooks and OpenDocument sheets with the same content."""

from __future__ import annotations

from datetime import date, datetime, time
from xml.sax.saxutils import escape
from zipfile import ZipFile

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_STYLES = ("General", "dd/mm/yyyy", "hh:mm", "dd/mm/yyyy hh:mm:ss", "0000")
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)


class Padded(int):
    """A number that its cell shows with four digits."""


def write_workbook(path, sheets, *, since_1904=False):
    """A workbook of {sheet: rows}; cells are str, int, float, bool, date, time, datetime, Padded or None.

    `since_1904` as old Macintoshes count their days.
    """
    (_write_ods if path.suffix == ".ods" else _write_xlsx)(path, sheets, since_1904)
    return path


def _write_xlsx(path, sheets, since_1904):
    facts, epoch = ('<workbookPr date1904="1"/>', _EPOCH_1904) if since_1904 else ("", _EPOCH)
    with ZipFile(path, "w") as book:
        names = "".join(f'<sheet name="{escape(n)}" sheetId="{i}" r:id="r{i}"/>' for i, n in enumerate(sheets, 1))
        book.writestr(
            "xl/workbook.xml", f'<workbook xmlns="{_MAIN}" xmlns:r="{_REL}">{facts}<sheets>{names}</sheets></workbook>'
        )
        parts = "".join(
            f'<Relationship Id="r{i}" Type="{_REL}/worksheet" Target="worksheets/sheet{i}.xml"/>'
            for i in range(1, len(sheets) + 1)
        )
        book.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{_PACKAGE}">{parts}</Relationships>')
        formats = "".join(f'<numFmt numFmtId="{170 + k}" formatCode="{c}"/>' for k, c in enumerate(_STYLES))
        xfs = "".join(f'<xf numFmtId="{170 + k}"/>' for k in range(len(_STYLES)))
        book.writestr("xl/styles.xml", f'<styleSheet xmlns="{_MAIN}"><numFmts>{formats}</numFmts><cellXfs>{xfs}</cellXfs></styleSheet>')  # fmt: skip
        strings = list(dict.fromkeys(c for rows in sheets.values() for row in rows for c in row if isinstance(c, str)))
        shared = "".join(f"<si><t>{escape(s)}</t></si>" for s in strings)
        book.writestr("xl/sharedStrings.xml", f'<sst xmlns="{_MAIN}">{shared}</sst>')
        for i, rows in enumerate(sheets.values(), 1):
            lines = "".join(
                f'<row r="{n}">{"".join(_xlsx_cell(c, f"{chr(65 + k)}{n}", strings, epoch) for k, c in enumerate(row))}</row>'
                for n, row in enumerate(rows, 1)
            )
            book.writestr(f"xl/worksheets/sheet{i}.xml", f'<worksheet xmlns="{_MAIN}"><sheetData>{lines}</sheetData></worksheet>')  # fmt: skip


def _xlsx_cell(value, at, strings, epoch):
    if value is None:
        return ""
    if isinstance(value, str):
        return f'<c r="{at}" t="s"><v>{strings.index(value)}</v></c>'
    if isinstance(value, bool):
        return f'<c r="{at}" t="b"><v>{int(value)}</v></c>'
    style, number = 0, value
    if isinstance(value, Padded):
        style = 4
    elif isinstance(value, datetime):
        style, number = 3, (value - epoch).total_seconds() / 86_400
    elif isinstance(value, date):
        style, number = 1, (datetime(value.year, value.month, value.day) - epoch).days
    elif isinstance(value, time):
        style, number = 2, (value.hour * 3600 + value.minute * 60 + value.second) / 86_400
    return f'<c r="{at}" s="{style}"><v>{float(number)!r}</v></c>'


_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"


def _write_ods(path, sheets, since_1904):
    null = '<t:null-date o:value-type="date" t:date-value="1904-01-01"/>'
    tables = f"<t:calculation-settings>{null}</t:calculation-settings>" if since_1904 else ""
    for name, rows in sheets.items():
        lines = "".join(f"<t:table-row>{''.join(map(_ods_cell, row))}</t:table-row>" for row in rows)
        rest = '<t:table-row t:number-rows-repeated="1048000"><t:table-cell t:number-columns-repeated="16384"/></t:table-row>'
        tables += f'<t:table t:name="{escape(name)}">{lines}{rest}</t:table>'
    with ZipFile(path, "w") as book:
        book.writestr(
            "content.xml",
            f'<o:document-content xmlns:o="{_OFFICE}" xmlns:t="{_TABLE}" xmlns:x="{_TEXT}"><o:body><o:spreadsheet>'
            f"{tables}</o:spreadsheet></o:body></o:document-content>",
        )


def _ods_cell(value):
    if value is None:
        return "<t:table-cell/>"
    shown = f"{value:04d}" if isinstance(value, Padded) else str(value)
    facts = {
        str: "string",
        bool: f'boolean" o:boolean-value="{str(value).lower()}',
        datetime: f'date" o:date-value="{value.isoformat() if isinstance(value, datetime) else ""}',
        date: f'date" o:date-value="{value}',
        time: f'time" o:time-value="{value.strftime("PT%HH%MM%SS") if isinstance(value, time) else ""}',
    }.get(type(value), f'float" o:value="{value if isinstance(value, (int, float)) else 0}')
    return f'<t:table-cell o:value-type="{facts}"><x:p>{escape(shown)}</x:p></t:table-cell>'
