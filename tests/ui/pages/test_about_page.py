"""The page about the data and the form of its card, as a user drives them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ia_plugin.core.about.card import QUESTIONS, checked_card
from ia_plugin.core.about.facts import About, Source
from ia_plugin.core.disclosure.shown_texts import NOTE_WITHHELD
from tests.support.signals import Ear

pytestmark = pytest.mark.qgis

TODAY = date(2024, 7, 1)
CARD = checked_card({"owner": "Head of Intelligence", "contact": "Analysis office"})
OPEN = About("store", "X:/force/store", card=CARD)


@pytest.fixture
def page(qgis_app):
    from ia_plugin.ui.pages.about_page import AboutPage

    made = AboutPage()
    made.resize(520, 700)
    made.show()
    yield made
    made.close()
    made.deleteLater()


def test_it_shows_the_store_and_offers_what_may_be_done(page):
    wanted = []
    page.refreshWanted.connect(lambda: wanted.append(True))
    page.show_about(OPEN, TODAY)
    text = page.text.toPlainText()
    assert "About these data: store" in text and "Beta: not yet checked against source systems" in text
    assert "Whom to ask: Analysis office." in text and not page.note.isVisible()
    page.refresh_button.click()
    assert wanted == [True]


def test_nothing_needs_scrolling_sideways(page, qgis_app):
    """At the narrowest dock too."""
    sources = (Source("events", 1_234, 12_345_678, 12_345_000, (("no position", 678),), "30 Sep 2024"),)
    page.resize(480, 600)
    page.show_about(replace(OPEN, sources=sources, data_to=(("officers' time", "30 Sep 2024, 23:00"),)), TODAY)
    qgis_app.processEvents()
    assert page.text.horizontalScrollBar().maximum() == 0


def test_who_may_not_write_sees_why(page):
    why = "You may read this store, and not write to it."
    page.show_about(replace(OPEN, why_no_writing=why, why_no_refresh=why), TODAY)
    assert not page.refresh_button.isEnabled() and not page.card_button.isEnabled()
    assert (
        why in page.refresh_button.toolTip()
        and page.note.text() == f"Refresh now is off: {why}"
        and page.note.isVisible()
    )


def test_without_a_watched_folder_the_card_can_be_written_all_the_same(page):
    page.show_about(replace(OPEN, why_no_refresh="No folder of extracts is known."), TODAY)
    assert not page.refresh_button.isEnabled() and page.card_button.isEnabled()


def test_while_it_works_nothing_is_begun(page):
    page.show_about(OPEN, TODAY)
    page.show_busy("Refreshing…")
    assert (
        not page.refresh_button.isEnabled() and not page.card_button.isEnabled() and page.note.text() == "Refreshing…"
    )
    page.show_busy("")
    assert page.refresh_button.isEnabled() and page.card_button.isEnabled() and not page.note.isVisible()


def test_without_a_store_nothing_can_be_done(page):
    page.show_about(OPEN, TODAY)
    page.show_nothing()
    assert page.text.toPlainText() == "No store is open."
    assert not page.refresh_button.isEnabled() and not page.card_button.isEnabled()


def test_a_name_with_markup_shows_as_it_is(page):
    page.show_about(replace(OPEN, name="<b>x</b>", folder='<img src="x">'), TODAY)
    assert "About these data: <b>x</b>" in page.text.toPlainText() and '<img src="x">' in page.text.toPlainText()


def test_the_place_is_kept_when_the_same_store_is_shown_again(page, qgis_app):
    page.show_about(OPEN, TODAY)
    qgis_app.processEvents()
    page.text.verticalScrollBar().setValue(200)
    page.show_about(OPEN, TODAY)
    assert page.text.verticalScrollBar().value() == 200
    page.show_about(replace(OPEN, folder="elsewhere"), TODAY)
    assert page.text.verticalScrollBar().value() == 0


class TestTheCard:
    @pytest.fixture
    def dialog(self, page):
        from ia_plugin.ui.widgets.card_dialog import CardDialog

        made = CardDialog(replace(CARD, approved_by=NOTE_WITHHELD), page)
        yield made
        made.deleteLater()

    def test_the_last_answers_stand_there_and_what_is_withheld_does_not(self, dialog):
        assert list(dialog.lines) == [q.key for q in QUESTIONS]
        assert dialog.lines["owner"].text() == "Head of Intelligence" and dialog.lines["approved_by"].text() == ""
        assert all(line.accessibleName() for line in dialog.lines.values())

    def test_a_person_is_refused_and_the_form_stays(self, dialog):
        dialog.show()
        dialog.lines["owner"].setText("Jane Smith")
        dialog.accept()
        assert dialog.isVisible() and "“Owner of the data” may name or reach a person" in dialog.refusal.text()
        dialog.lines["owner"].setText("Head of Operations")
        dialog.accept()
        assert not dialog.isVisible() and dialog.result()

    def test_what_is_saved_is_said(self, page, monkeypatch):
        from ia_plugin.ui.widgets.card_dialog import CardDialog

        def typed(dialog):
            dialog.lines["retention"].setText("90 days")
            dialog.accept()
            return dialog.result()

        ear = Ear(page.cardSaved)
        monkeypatch.setattr(CardDialog, "exec", typed)
        page.show_about(OPEN, TODAY)
        page.card_button.click()
        assert ear.heard == [{**CARD.as_dict(), "retention": "90 days"}]
        monkeypatch.setattr(CardDialog, "exec", lambda dialog: 0)
        page.card_button.click()
        assert len(ear.heard) == 1
