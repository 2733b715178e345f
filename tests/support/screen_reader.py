"""The dock as a screen reader has it: a program that shows it, and another that reads and presses it over AT-SPI alone.

`python -m tests.support.screen_reader show STORE` within QGIS's Python, `… read` within one that has Atspi; both in one session bus
and on one screen. The reader prints what it heard as JSON, and knows nothing of the plugin's code.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from typing import Any, Callable

LONGEST_S = 120.0  # for one answer, on a machine that does much else
PRESSED = ("push button", "check box", "radio button")


def show(store: str) -> None:
    """The dock in a window of its own until it is ended."""
    from qgis.core import QgsApplication, QgsProject

    application = QgsApplication([], True)
    application.initQgis()
    from ia_plugin.compat import load_shapely

    load_shapely()
    from ia_plugin.ui.dock import ImpactAreaDock

    dock = ImpactAreaDock(QgsProject.instance())
    dock.setFloating(True)
    dock.resize(520, 610)
    dock.show()
    dock.open_store(store)
    application.exec()


def read() -> dict[str, Any]:
    """The five questions of an inspector, answered from names, roles and values."""
    import gi

    gi.require_version("Atspi", "2.0")
    from gi.repository import Atspi

    Atspi.init()
    desktop, heard = Atspi.get_desktop(0), {}

    def below(at: Any) -> Iterator[Any]:
        for i in range(at.get_child_count()):
            child = at.get_child_at_index(i)
            if child is not None:
                yield child
                yield from below(child)

    def seen(at: Any) -> bool:
        return bool(at.get_state_set().contains(Atspi.StateType.SHOWING))

    def all_of(role: str) -> list[Any]:
        return [a for a in below(desktop) if a.get_role_name() == role and seen(a)]

    def names(role: str) -> list[str]:
        return [a.get_name() for a in all_of(role)]

    def wait(what: Callable[[], Any], words: str) -> Any:
        end = time.monotonic() + LONGEST_S
        while time.monotonic() < end:
            try:
                found = what()
            except Exception:  # what is read goes while the window changes
                found = None
            if found:
                return found
            time.sleep(0.1)
        raise SystemExit(f"not heard within {LONGEST_S:g} s: {words}")

    def press(name: str, *roles: str) -> None:
        found = wait(
            lambda: [a for role in roles or PRESSED for a in all_of(role) if a.get_name().startswith(name)],
            f"a button {name}",
        )
        Atspi.Action.do_action(found[0], 0)

    def tile(title: str) -> str:
        return next(n for n in names("push button") if n.startswith(title))

    before = wait(lambda: tile("Officer hours:"), "the tile of officer hours")
    heard["chips"] = [n for n in names("check box") if ": " in n]
    press("Hours of the day")
    press("Monday")
    heard["hours"] = wait(lambda: tile("Officer hours:") != before and tile("Officer hours:"), "hours of Mondays")
    heard["basis"] = next(a.get_description() for a in all_of("push button") if a.get_name() == heard["hours"])
    heard["moved"] = tile("How they moved:")
    press("Areas")
    heard["areas"] = wait(lambda: names("table cell"), "the areas")
    press("Who")
    heard["who"] = wait(
        lambda: [n for n in names("label") if "closed months" in n], "who was there, or why that is not told"
    )
    press("Hours", "radio button")
    heard["chart"] = wait(
        lambda: [a.get_description() for a in below(desktop) if seen(a) and "Mismatch" in a.get_description()],
        "the chart of hours",
    )
    heard["pages"] = names("radio button")
    return heard


if __name__ == "__main__":
    if sys.argv[1] == "show":
        show(sys.argv[2])
    else:
        print(json.dumps(read()))
