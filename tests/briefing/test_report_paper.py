"""A report on paper: the rows of its tables stay whole, below headings that are repeated."""

import pytest

pytestmark = pytest.mark.qgis

SOME = "best estimate of several words that wrap over three lines in a narrow cell, likely 1 to 2"


def paper(rows):
    """A document of 400 by 500 pixels a page, with a table of so many rows of several lines."""
    from qgis.PyQt.QtCore import QSizeF
    from qgis.PyQt.QtGui import QFont, QTextDocument

    document = QTextDocument()
    document.setDefaultFont(QFont("Arial", 9))
    body = "".join(f"<tr><td>row {i}</td><td width='120'>{SOME}</td></tr>" for i in range(rows))
    document.setHtml(
        f"<p>Before</p><table width='100%'><thead><tr><th>a</th><th>b</th></tr></thead>{body}</table><p>After</p>"
    )
    document.setPageSize(QSizeF(400, 500))
    return document


def cut_rows(document):
    from qgis.PyQt.QtGui import QTextTable

    from ia_plugin.briefing.report_paper import page_of_row

    (table,) = [f for f in document.rootFrame().childFrames() if isinstance(f, QTextTable)]
    assert table.format().headerRowCount() == 1
    cells = [[table.cellAt(row, column) for column in range(table.columns())] for row in range(1, table.rows())]
    pages = [page_of_row(document, row)[1:] for row in cells]
    assert [first for first, _ in pages] == sorted(first for first, _ in pages)
    return [i for i, (first, last) in enumerate(pages) if first != last]


@pytest.mark.parametrize("rows", [2, 30])
def test_no_row_runs_over_the_edge_of_a_page(qgis_app, rows):
    from ia_plugin.briefing.report_paper import keep_rows_whole

    document = paper(rows)
    assert bool(cut_rows(document)) == (rows == 30)
    keep_rows_whole(document)
    assert cut_rows(document) == [] and document.pageCount() == (1 if rows == 2 else 7)
    assert document.toPlainText().endswith("After")
