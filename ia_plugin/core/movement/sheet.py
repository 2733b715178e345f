"""A page for volunteers, who note when they walked and when they were driven."""

from __future__ import annotations

_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Movement test sheet</title>
<style>body{{font:12pt sans-serif;margin:2cm}}table{{border-collapse:collapse;width:100%}}
td,th{{border:1px solid #777;padding:.35em;height:1.3em;text-align:left}}</style></head><body>
<h1>Movement test sheet</h1>
<p>Twenty shifts like this one let the force check how well the plugin tells walking from driving. It checks a computer
model, not you, and is used for nothing else. Taking part is voluntary.</p>
<p>Note the time to the minute <b>each time you get into or out of a vehicle</b>. Standing about on foot is "on foot"; sitting
in a parked car is "vehicle"; a bicycle is "bicycle". Leave out what you forgot: a gap does no harm, a guess does.</p>
<p>Collar number: ______________ &nbsp; Date: ______________ &nbsp; Shift: from ________ to ________</p>
<table><tr><th>from</th><th>to</th><th>on foot / vehicle / bicycle</th><th>remarks (no names, no addresses)</th></tr>
{rows}
</table></body></html>
"""


def volunteer_sheet(lines: int = 24) -> str:
    """The page as HTML text with so many empty lines."""
    return _PAGE.format(rows="\n".join(["<tr><td></td><td></td><td></td><td></td></tr>"] * lines))
