"""What postings and turns of duty that come later change of the fixes that are stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ...core.times.civil import pandas_zone

if TYPE_CHECKING:
    from .changes import PostgisChanges


def drop_off_duty(store: PostgisChanges) -> int:
    """See :meth:`~ia_plugin.store.interface.ImportHome.drop_off_duty`; within the caller's transaction."""
    rows = store.db.execute('SELECT min("start"), max("end") FROM ia_restricted.duties')
    if rows[0][0] is None:
        return 0
    zone = pandas_zone(store.timezone)
    first, last = (pd.Timestamp(edge).tz_convert(zone).normalize() for edge in rows[0])
    after = last + pd.DateOffset(days=1)
    gone = store.db.execute(_OFF_DUTY, (first.isoformat(), after.isoformat()))
    if gone:
        store.mark_dirty(pd.Series(pd.to_datetime([hour for hour, _ in gone], utc=True)))
    return sum(int(n) for _, n in gone)


def post_fixes(store: PostgisChanges) -> int:
    """See :meth:`~ia_plugin.store.interface.ImportHome.post_fixes`; within the caller's transaction."""
    edges = store.edges("fixes", "time")
    if edges is None:
        return 0
    store.db.execute(_POSTED)
    store.mark_dirty(pd.Series(pd.date_range(edges[0], edges[1], freq="D")))
    return int(store.db.execute("SELECT count(*) FROM ia_restricted.fixes WHERE unit IS NULL")[0][0])


_OFF_DUTY = """
WITH gone AS (
    DELETE FROM ia_restricted.fixes f
    WHERE f."time" >= %s::timestamptz AND f."time" < %s::timestamptz
      AND f."officer_id" IN (SELECT d."officer_id" FROM ia_restricted.duties d)
      AND NOT EXISTS (
          SELECT FROM ia_restricted.duties d
          WHERE d."officer_id" = f."officer_id" AND d."start" <= f."time" AND f."time" < d."end")
    RETURNING f."time"
)
SELECT date_trunc('hour', "time"), count(*) FROM gone GROUP BY 1
"""
# Of postings that overlap the later one counts, for each column the last that says it.
_POSTED = """
UPDATE ia_restricted.fixes f SET "unit" = n."unit", "resource_type" = n."resource_type"
FROM (
    SELECT f."officer_id", f."time", f."fid",
           coalesce((array_agg(p."unit" ORDER BY p."valid_from" DESC, p."fid" DESC) FILTER (WHERE p."unit" IS NOT NULL))[1], f."unit") AS "unit",
           coalesce((array_agg(p."resource_type" ORDER BY p."valid_from" DESC, p."fid" DESC) FILTER (WHERE p."resource_type" IS NOT NULL))[1], f."resource_type") AS "resource_type"
    FROM ia_restricted.fixes f JOIN ia_restricted.postings p
      ON p."officer_id" = f."officer_id" AND f."time" >= p."valid_from" AND (p."valid_to" IS NULL OR f."time" < p."valid_to")
    GROUP BY f."officer_id", f."time", f."fid", f."unit", f."resource_type"
) n
WHERE f."officer_id" = n."officer_id" AND f."time" = n."time" AND f."fid" = n."fid"
  AND (f."unit" IS DISTINCT FROM n."unit" OR f."resource_type" IS DISTINCT FROM n."resource_type")
"""

__all__ = ["drop_off_duty", "post_fixes"]
