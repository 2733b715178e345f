"""The run of the briefing maps: what the store says, sheet by sheet, onto pages and into files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from ..briefing.export import write_pdf, write_picture
from ..briefing.ground import Found, ground_of
from ..briefing.map_layers import layers_of
from ..briefing.page import Page, Words
from ..core.briefing.run_words import foot_words, headline_words, map_words, method_words
from ..core.briefing.sheet import Sheet, ground_of_sheets, sheet_of
from ..core.briefing.which_areas import which_areas
from .briefing_inputs import (
    areas_of_figure,
    attribution,
    briefing_material,
    briefing_state,
    ground_layers,
    looked_at,
    output_file,
    output_paths,
    template_file,
)
from .marking import marking_of
from .run import Results, Run

if TYPE_CHECKING:
    from ..core.briefing.sheet import Ground
    from ..core.filter_state import FilterState
    from ..core.material.summary_tables import Material


@dataclass(frozen=True, eq=False)
class Asked:
    """What sheets are made of, for one audience."""

    material: Material
    state: FilterState
    areas: tuple[str, ...]
    ground: Ground
    audience: str
    comparison: str

    def sheet(self, at: int) -> Sheet:
        """The sheet of the area at a place, from 0."""
        from ..core.briefing.public_sheet import public_sheet

        if self.audience == "public":
            return public_sheet(self.material, self.state, self.areas[at], self.comparison)
        return sheet_of(self.material, self.state, self.areas[at], self.ground, self.comparison, self.audience)


def briefing_pages(run: Run) -> Results:
    """Make the sheets and leave the files to be put in their places, all at the end."""
    marking = marking_of(run)
    run.step(0.0, 0.05, run.algorithm.tr("Reading the summary"))
    file, asked = output_file(run), _asked(run)
    names = asked.material.names()
    run.say(f"{len(asked.areas)} sheets: {asked.state.in_words(names)}.")
    run.account.update(audience=asked.audience)
    paths = output_paths(run, file, [names[a] for a in asked.areas])
    with TemporaryDirectory(prefix="briefing") as folder:
        page = _page(run, asked, marking, Path(folder))
        page.project.setTransformContext(run.context.transformContext())
        try:
            _draw(run, asked, page, paths, Path(folder))
        finally:
            page.close()
    first = asked.sheet(0).number
    return {"OUTPUT": str(paths[0]), "SHEETS": len(asked.areas), "FILES": len(paths), "FIRST_FIGURE": first}


def _asked(run: Run) -> Asked:
    from ..core.briefing.public_sheet import public_ground

    audience, comparison = run.choice("AUDIENCE"), run.choice("EARLIER")
    material = briefing_material(run)
    state = briefing_state(run, material)
    areas = which_areas(material, run.text("WHICH_AREAS") or "; ".join(areas_of_figure(run)))
    material = looked_at(run, material, state)
    made = public_ground if audience == "public" else ground_of_sheets
    return Asked(material, state, areas, made(material, state, run.choice("MAP_FIGURE")), audience, comparison)


def _page(run: Run, asked: Asked, marking: str, folder: Path) -> Page:
    from qgis.core import QgsCoordinateReferenceSystem

    from ..core.briefing.event_squares import event_squares
    from ..core.disclosure.blocks import side_of
    from ..store.about_facts import about_of
    from ..store.event_points import read_event_points
    from ..store.small_ground import least_ha_of
    from ..store.summary import epsg_of

    store = run.text("STORE")
    crs = QgsCoordinateReferenceSystem(f"EPSG:{epsg_of(store)}")
    squares, least_ha = None, least_ha_of(store)
    if asked.audience != "public":
        squares = event_squares(read_event_points(store), asked.state, least_ha)
    areas = asked.material.areas
    areas = areas.assign(geometry=areas["area_id"].astype(str).map(asked.material.outlines))
    ground = ground_layers(run)
    found = Found(tuple(ground)) if ground else ground_of(areas, crs, Path(store))
    run.say(*found.says)
    run.warn(*found.warns)
    words = Words(
        marking,
        headline_words(asked.material, asked.state, asked.audience),
        foot_words(asked.material, asked.audience, run.choice("PURPOSE")),
        method_words(about_of(store).way),
        attribution(run, found),
        map_words(asked.ground.classes.title, squares is not None),
    )
    layers = layers_of(areas, asked.ground.classes, squares, crs, found.layers, side_of(least_ha))
    return Page(run.choice("LAYOUT"), layers, asked.ground.classes, words, crs, folder, template_file(run))


def _draw(run: Run, asked: Asked, page: Page, paths: list[Path], folder: Path) -> None:
    many, tell = len(asked.areas), run.step(0.05, 0.95, run.algorithm.tr("Drawing the sheets"))
    if len(paths) == 1 and paths[0].suffix.lower() == ".pdf":
        write_pdf(page, asked.sheet, range(many), many, folder / "sheets.pdf", tell)
        run.leave_file(paths[0], (folder / "sheets.pdf").read_bytes())
        return
    for at, path in enumerate(paths):
        tell(at / many)
        drawn = folder / f"sheet{path.suffix}"
        if path.suffix.lower() == ".pdf":
            write_pdf(page, asked.sheet, range(at, at + 1), many, drawn, lambda _: None)
        else:
            write_picture(page, asked.sheet, at, many, drawn)
        run.leave_file(path, drawn.read_bytes())
        drawn.unlink()
    tell(1.0)
