"""Officers who walk back and forth, and what happened there meanwhile: small inputs of whole algorithms."""

from tests.support.walks import E, N


def beat(officer="1234", x=0.0, day="2024-06-03", hours=range(8, 14)):
    """Back and forth over 600 m, a report every five minutes."""
    rows = []
    for h in hours:
        for i, m in enumerate(range(0, 60, 5)):
            rows.append((officer, f"{day}T{h:02d}:{m:02d}:00Z", E + x + 60.0 * abs(i - 6), N))
    return rows


def force(officers=6, **more):
    return [r for k in range(officers) for r in beat(f"{1000 + k}", 2000.0 * (k % 2), **more)]


HAPPENED = [
    ("incident", "2024-06-03T09:00:00Z", "2024-06-03T09:30:00Z", 150, 0, "1000"),
    ("incident", "2024-06-03T10:00:00Z", "2024-06-03T11:00:00Z", 2100, 0, None),
    ("stop_search", "2024-06-03T12:20:00Z", "2024-06-03T12:20:00Z", 100, 0, None),
    ("crime", "2024-06-02T22:00:00Z", "2024-06-03T04:00:00Z", 100, 0, None),
]
