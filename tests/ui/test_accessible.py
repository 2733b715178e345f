"""The dock without a mouse, without eyes, in another language and on a dark theme: every page, whatever it holds."""

from __future__ import annotations

import pytest

from tests.support.patience import wait

pytestmark = pytest.mark.qgis
WIDTH = 520  # pixels, at which the dock opens
LEAST = 4.5  # WCAG 2.1, AA
NOT_OURS = {
    "DayButtons": "names of days, from Qt's own locale",
    "QDateEdit": "so are dates that are typed",
    "QTabBar": "Qt's own buttons that scroll the tabs",
    "QDialogButtonBox": "OK, Cancel, Save and Close, from Qt's own translation",
}
"""Where text is not of the list of translations, and why; that no ui file writes words without tr() is tested beside that list."""


@pytest.fixture
def pseudo(qgis_app):
    from qgis.PyQt.QtCore import QCoreApplication

    from tests.support.pseudo_locale import PseudoLocale

    translator = PseudoLocale()
    QCoreApplication.installTranslator(translator)
    yield translator
    QCoreApplication.removeTranslator(translator)


@pytest.fixture
def themes(qgis_app):
    """Turns to a theme as QGIS's settings do, and back in the end: QGIS itself leaves the palette of the last one."""
    from qgis.core import QgsApplication
    from qgis.PyQt.QtGui import QPalette

    before = QPalette(qgis_app.palette())

    def turn(name):
        if name not in QgsApplication.uiThemes():
            pytest.skip(f"this QGIS has no theme {name}")
        QgsApplication.setUITheme(name)
        if name == "default":
            qgis_app.setPalette(before)
        qgis_app.processEvents()

    yield turn
    turn("default")


@pytest.fixture
def opened(dock_of, store, qgis_new_project):
    """Opens the dock on the store: called in the test, after theme and language are there."""
    from qgis.core import QgsProject

    return lambda: dock_of(QgsProject.instance(), size=(WIDTH, 900), store=store)


def told(widget) -> str:
    """A widget by its class, its name and where it is."""
    names = []
    while widget is not None:
        names.append(f"{type(widget).__name__} {widget.objectName()}".strip())
        widget = widget.parent()
    return " in ".join(names[:4])


def picture_alone(button) -> bool:
    """Whether a button shows its picture in place of its text."""
    from qgis.PyQt.QtCore import Qt
    from qgis.PyQt.QtWidgets import QToolButton

    only = Qt.ToolButtonStyle.ToolButtonIconOnly
    return isinstance(button, QToolButton) and button.toolButtonStyle() == only and not button.icon().isNull()


def classes_above(widget) -> set[str]:
    found = set()
    while widget is not None:
        found.add(type(widget).__name__)
        widget = widget.parent()
    return found


def untranslated(root, dock, where="", names=()):
    """Each text of a window that no translation gave, with its place; what the store and its people call things stays as it is."""
    from ia_plugin.core.marking import MARKING
    from tests.support.dock_walk import words_of
    from tests.support.pseudo_words import left_in_english

    folder = dock.controller.folder
    data = {
        *map(str, dock.controller.names().values()),
        MARKING,
        *names,
        *([str(folder), folder.name] if folder else []),
    }
    return {
        f"{where}: {told(w)}: {' '.join(left)}: {text}"
        for w, text in words_of(root)
        if (left := left_in_english(text, data)) and not classes_above(w) & set(NOT_OURS)
    }


def test_every_word_of_the_dock_can_be_translated(pseudo, opened) -> None:
    from tests.support.dock_walk import each_state

    dock = opened()
    assert sorted(text for where in each_state(dock) for text in untranslated(dock, dock, where)) == []


def test_an_officer_day_and_what_is_behind_a_figure_can_be_translated(pseudo, opened) -> None:
    from tests.support.dock_walk import nameless

    dock = opened()
    dock.show_trace("visits", "training")
    wait(lambda: dock.trace.visits.rowCount() > 0)
    dock.trace.visits.setCurrentCell(0, 0)
    wait(lambda: dock.trace.fixes.rowCount() > 0)
    dock.trace.journey_button.click()
    page = dock.journeys.page
    wait(lambda: page.fixes.rowCount() > 0)
    for shown_page in (dock.trace, page):
        codes = {cell.text() for i in range(dock.trace.visits.rowCount()) if (cell := dock.trace.visits.item(i, 1))}
        assert sorted(untranslated(shown_page, dock, names={*codes, page.journey.officer_day[:9], ".csv"})) == []
        assert [told(w) for w in nameless(shown_page)] == []


def test_what_is_copied_is_in_the_readers_language(pseudo, opened) -> None:
    from qgis.PyQt.QtWidgets import QApplication

    from ia_plugin.core.marking import MARKING
    from tests.support.pseudo_words import left_in_english

    dock = opened()
    dock.pages.setCurrentWidget(dock.pages.areas)
    wait(lambda: dock.pages.areas.table.rowCount() > 0 and not dock.controller.worker.busy)
    copies = {
        "areas": dock.pages.areas.copy_table,
        "table": dock.figures.copy_table,
        "answer": dock.figures.copy_answer,
    }
    for page in dock.pages.charts:
        dock.pages.setCurrentWidget(page)
        wait(lambda shown=page: not dock.controller.worker.busy and shown.chart is not None)
        copies[f"chart {page.choice.kind} of {page.choice.what}"] = page.copy_table
    data = {*map(str, dock.controller.names().values()), MARKING, dock.controller.figures.code}
    for what, copy in copies.items():
        QApplication.clipboard().clear()
        copy()
        text = QApplication.clipboard().text()
        assert text and left_in_english(text, data) == [], f"{what}: {text}"


def test_every_dialog_can_be_translated_has_names_and_is_not_cut(pseudo, opened) -> None:
    from qgis.PyQt.QtWidgets import QAbstractButton

    from tests.support.dock_dialogs import each_dialog
    from tests.support.dock_walk import nameless, shown

    dock, faults = opened(), set()
    for where, dialog in each_dialog(dock):
        faults |= untranslated(dialog, dock, where)
        faults |= {f"{where}: no name: {told(w)}" for w in nameless(dialog)}
        for w in shown(dialog):
            if isinstance(w, QAbstractButton) and w.text() and (cut := cut_by(w)) > 0:
                faults.add(f"{where}: cut by {cut} pixels: {told(w)}: {w.text()}")
    assert sorted(faults) == []


def test_what_qts_own_dialogs_ask_can_be_translated(pseudo, opened, monkeypatch) -> None:
    from ia_plugin.ui.density_choice import add_density
    from tests.support.dock_dialogs import asked
    from tests.support.pseudo_words import left_in_english

    dock = opened()
    menu = dock.bar.viewsMenu
    menu.save_view("7")
    with asked(monkeypatch) as said:
        dock.ask_store()
        menu._ask_and_save()
        menu._ask_and_delete("7")
        dock.store_pages.challenge_page.ask_export()
        add_density(dock.map, dock.controller.folder, lambda words, _warning: said.append(words))
    menu.delete_view("7")
    assert len(said) >= 10 and [text for text in said if left_in_english(text, [str(dock.controller.folder)])] == []


def cut_by(button) -> int:
    """Pixels that a button lacks for its text."""
    from qgis.PyQt.QtCore import Qt

    return button.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, button.text()).width() - button.width()


def test_no_button_and_no_tab_is_cut_where_words_are_half_as_long_again(pseudo, opened) -> None:
    from qgis.PyQt.QtCore import Qt
    from qgis.PyQt.QtWidgets import QAbstractButton, QTabBar

    from tests.support.dock_walk import each_state, shown

    dock, cut = opened(), set()
    for where in each_state(dock):
        assert dock.width() <= WIDTH
        for w in shown(dock):
            if isinstance(w, QAbstractButton) and not picture_alone(w):
                needed = w.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, w.text()).width()
                edge = w.mapTo(dock, w.rect().topRight()).x()
                if w.text() and (needed > w.width() or edge > dock.width()):
                    cut.add(f"{where}: {told(w)}: {w.text()} ({needed} in {w.width()} pixels, to {edge})")
            if isinstance(w, QTabBar):
                cut |= {
                    f"{where}: tab {w.tabText(i)}"
                    for i in range(w.count())
                    if w.fontMetrics().horizontalAdvance(w.tabText(i)) > w.tabRect(i).width()
                }
    assert not cut, "\n".join(sorted(cut))


def test_whatever_the_tab_key_stops_at_has_a_name(opened) -> None:
    from tests.support.dock_walk import each_state, nameless

    dock = opened()
    assert sorted({f"{where}: {told(w)}" for where in each_state(dock) for w in nameless(dock)}) == []


def test_before_a_store_is_open_everything_has_a_name_and_is_translated(pseudo, dock_of, qgis_new_project) -> None:
    from qgis.core import QgsProject

    from tests.support.dock_walk import nameless

    dock = dock_of(QgsProject.instance())
    dock.show()
    assert [told(w) for w in nameless(dock)] == []
    assert sorted(untranslated(dock, dock)) == []


@pytest.mark.parametrize("theme", ["default", "Night Mapping"])
def test_text_is_read_on_light_and_on_dark(themes, theme, opened) -> None:
    """As it is painted: QGIS's dark theme is a style sheet, and its palette says other colours than one sees."""
    from qgis.PyQt.QtWidgets import QAbstractButton, QComboBox, QLabel, QTabBar, QTextEdit

    from tests.support.contrast import painted_contrast
    from tests.support.dock_walk import each_state, shown

    def text_of(w) -> str:
        if isinstance(w, (QLabel, QAbstractButton)):
            return w.text()
        if isinstance(w, (QComboBox, QTabBar)):
            return w.currentText() if isinstance(w, QComboBox) else w.tabText(0)
        return w.toPlainText() if isinstance(w, QTextEdit) else ""

    themes(theme)
    dock, faint = opened(), {}
    for where in each_state(dock):
        for w in shown(dock):
            if (
                isinstance(w, (QLabel, QAbstractButton))
                and w.text()
                and w.isEnabled()
                and not w.visibleRegion().isEmpty()
            ):
                found = painted_contrast(w)
                if found < LEAST:
                    faint[told(w)] = f"{where}: {text_of(w)[:40]}: {found:.1f}"
    assert faint == {}


def test_a_theme_may_change_under_the_open_dock(themes, opened) -> None:
    """Chips dressed themselves at each change of their palette, and so changed it: QGIS came to its end."""
    from tests.support.contrast import painted_contrast

    dock = opened()
    for name in ("Night Mapping", "default", "Night Mapping", "default"):
        themes(name)
        assert min(painted_contrast(chip) for chip in dock.bar.chipRow.chips.values()) >= LEAST, name


@pytest.mark.parametrize(
    ("look", "kept"),
    [
        ("", True),
        ("background-color: #323232; color: #aaaaaa", True),
        ("background-color: #525252; color: #aaaaaa", False),
    ],
    ids=["no style sheet", "5.5 : 1", "3.4 : 1"],
)
def test_push_buttons_are_read_where_the_theme_is_a_style_sheet(qgis_app, look, kept) -> None:
    from qgis.PyQt.QtGui import QColor

    from ia_plugin.ui.widgets.button_text import button_rule
    from ia_plugin.ui.widgets.readable import contrast

    before = qgis_app.styleSheet()
    try:
        qgis_app.setStyleSheet(f"QPushButton {{ border: 1px solid #202020; {look} }}" if look else "")
        rule = button_rule()
    finally:
        qgis_app.setStyleSheet(before)
    assert (rule == "") is kept
    if rule:
        colour = QColor(rule.split("color: ")[1].split(";")[0])
        assert contrast(colour, QColor("#525252")) >= LEAST


GROUNDS = ("#ffffff", "#efefef", "#323232", "#222222", "#000000", "#535353", "#727272")


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("colour", ["#b3261e", "#111111", "#6a3d9a", "#aaaaaa", "#ffffff"])
def test_a_readable_colour_is_one_on_any_ground(qgis_app, colour, ground) -> None:
    from qgis.PyQt.QtGui import QColor

    from ia_plugin.ui.widgets.readable import contrast, readable

    found = readable(QColor(colour), QColor(ground))
    best = max(contrast(QColor(end), QColor(ground)) for end in ("#ffffff", "#000000"))
    assert contrast(found, QColor(ground)) >= min(LEAST, best)
    if contrast(QColor(colour), QColor(ground)) >= LEAST:
        assert found == QColor(colour), "what is read already stays"


def test_contrast_is_that_of_the_standard(qgis_app) -> None:
    """By hand: #777777 on white is 4.48 : 1, black on white 21 : 1."""
    from qgis.PyQt.QtGui import QColor

    from ia_plugin.ui.widgets.readable import contrast

    assert round(contrast(QColor("#777777"), QColor("#ffffff")), 2) == 4.48
    assert round(contrast(QColor("#ffffff"), QColor("#000000")), 1) == 21.0


@pytest.mark.parametrize("window, text", [("#efefef", "#000000"), ("#323232", "#e6e6e6"), ("#535353", "#535353")])
def test_quiet_text_and_warnings_are_read_on_any_palette(qgis_app, window, text) -> None:
    from qgis.PyQt.QtGui import QColor, QPalette
    from qgis.PyQt.QtWidgets import QWidget

    from ia_plugin.ui.widgets.hint import Hint
    from ia_plugin.ui.widgets.readable import contrast
    from ia_plugin.ui.widgets.tile_view import muted

    role, palette = QPalette.ColorRole, QPalette()
    palette.setColor(role.Window, QColor(window))
    palette.setColor(role.WindowText, QColor(text))
    assert contrast(muted(palette), QColor(window)) >= LEAST
    parent = QWidget()
    parent.setPalette(palette)
    hint = Hint(parent)
    hint.warn("Refused.")
    assert contrast(hint.palette().color(role.WindowText), QColor(window)) >= LEAST


def test_ink_on_charts_is_read() -> None:
    from matplotlib.colors import to_rgb

    from ia_plugin.core.colours import INK, PALE
    from tests.support.contrast import contrast

    assert min(contrast([255 * c for c in to_rgb(ink)], [255, 255, 255]) for ink in (INK, PALE)) >= LEAST
