"""A walk and the areas it goes through, about one origin on the British grid."""

from __future__ import annotations

E, N = 400_000.0, 290_000.0


def box(x, y, w, h):
    x, y = E + x, N + y
    return f"POLYGON(({x} {y},{x + w} {y},{x + w} {y + h},{x} {y + h},{x} {y}))"


def walk(officer="1234", n=11, minute=0):
    """Due east, 100 m a minute, from 500 m west of the origin."""
    return [(officer, f"2024-06-03T10:{minute + i:02d}:00Z", E - 500 + 100 * i, N + 50) for i in range(n)]


AREAS = {"west": box(-300, 0, 300, 100), "east": box(0, 0, 200, 100), "far": box(50_000, 0, 100, 100)}
