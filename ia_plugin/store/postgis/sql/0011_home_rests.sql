-- Rests that may be at home, told by the database itself, so that no client is given them in order to leave them out.
--
-- The rule is that of the plugin (at_home in core/journey.py, home_rests in core/density/home_rests.py), with the same numbers: who sees
-- an officer-day in a folder's store and who sees it here is shown the same reports. A test walks both on random days.
--
--   ia_guard  tells what of a look is shown: its functions alone read the hours about it, and say moments and numbers of rows,
--             never places. Nobody logs in as it; what shows rows runs as ia_owner, who sees those rows and no others (0012)
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'ia_guard') THEN
        CREATE ROLE ia_guard NOLOGIN;
    END IF;
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'ia_guard' AND (rolcanlogin OR rolsuper OR rolbypassrls OR rolcreaterole OR rolreplication)) THEN
        RAISE EXCEPTION 'the role ia_guard can do more than it should: take LOGIN, SUPERUSER, BYPASSRLS, CREATEROLE and REPLICATION from it';
    END IF;
    IF EXISTS (
        SELECT FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid JOIN pg_roles r ON r.oid = m.member
        WHERE g.rolname = 'ia_guard' AND NOT r.rolsuper AND r.rolname <> session_user
    ) THEN
        RAISE EXCEPTION 'somebody is a member of ia_guard: whoever is reads the hours about an officer-day';
    END IF;
END
$$;
GRANT USAGE ON SCHEMA public, ia_summary, ia_restricted TO ia_guard;

SET LOCAL ROLE ia_owner;
GRANT SELECT ON ia_summary.areas, ia_restricted.fixes, ia_restricted.legs, ia_restricted.visits TO ia_guard;

CREATE FUNCTION ia_restricted.apart(x0 double precision, y0 double precision, x1 double precision, y1 double precision)
RETURNS double precision LANGUAGE sql IMMUTABLE AS 'SELECT sqrt((x1 - x0) * (x1 - x0) + (y1 - y0) * (y1 - y0))';
GRANT EXECUTE ON FUNCTION ia_restricted.apart TO ia_guard;

-- The reports of an officer about some time, one a moment: from 36 hours before to 36 hours after it, and the nearest beyond.
-- "place" counts those that have a position; "joined" is one at which a leg begins; "home" one of a rest that may be at home or of
-- the way to it, and one without a position beside such a one.
CREATE FUNCTION ia_restricted.reports_around(officer text, first timestamptz, last timestamptz)
RETURNS TABLE ("fid" bigint, "time" timestamptz, "place" bigint, "joined" boolean, "home" boolean)
LANGUAGE plpgsql STABLE ROWS 4000 SECURITY DEFINER SET search_path = pg_catalog, pg_temp
SET enable_nestloop = off -- no statistics tell how many rows a step has: a few thousand, which loops within loops make millions of
AS $$
#variable_conflict use_column
DECLARE
    low timestamptz := first - interval '36 hours';
    high timestamptz := last + interval '36 hours';
    lowest timestamptz;
    highest timestamptz;
BEGIN
    -- A radio that was off for days at one place was at rest there.
    lowest := coalesce((SELECT max(b."time") FROM ia_restricted.fixes b WHERE b."officer_id" = officer AND b."time" < low), low);
    highest := coalesce((SELECT min(b."time") FROM ia_restricted.fixes b WHERE b."officer_id" = officer AND b."time" >= high), high - interval '1 microsecond');
    RETURN QUERY
    WITH reports AS MATERIALIZED (
        SELECT DISTINCT ON (f."time") f."fid", f."time", f."geom", public.st_x(f."geom") AS x, public.st_y(f."geom") AS y
        FROM ia_restricted.fixes f
        WHERE f."officer_id" = officer AND f."time" >= lowest AND f."time" <= highest ORDER BY f."time", f."fid"
    ), starts AS MATERIALIZED (
        SELECT DISTINCT l."start" FROM ia_restricted.legs l WHERE l."officer_id" = officer AND l."start" >= low AND l."start" < high
    ), placed AS MATERIALIZED (
        SELECT r.*, row_number() OVER (ORDER BY r."time") AS n, s."start" IS NOT NULL AS joined, EXISTS (
            SELECT FROM ia_summary.areas a WHERE a."role" = 'site' AND public.st_dwithin(a."geom", r."geom", 100)
        ) AS at_site
        FROM reports r LEFT JOIN starts s ON s."start" = r."time"
        WHERE abs(r.x) < 'infinity' AND abs(r.y) < 'infinity'
    ), steps AS MATERIALIZED (
        SELECT p.n, p.joined, p."time" AS t0, lead(p."time") OVER w AS t1, p.x AS x0, p.y AS y0, lead(p.x) OVER w AS x1, lead(p.y) OVER w AS y1
        FROM placed p WINDOW w AS (ORDER BY p.n)
    ), pairs AS MATERIALIZED (
        -- What is joined by a leg, and a silence whose ends lie at one place.
        SELECT s.*, dense_rank() OVER (ORDER BY floor(extract(epoch FROM s.t0) / 900)) AS quarter
        FROM steps s WHERE s.t1 IS NOT NULL AND (s.joined OR ia_restricted.apart(s.x0, s.y0, s.x1, s.y1) <= 100)
    ), middles AS MATERIALIZED (
        SELECT p.quarter, percentile_cont(0.5) WITHIN GROUP (ORDER BY p.x0) AS x, percentile_cont(0.5) WITHIN GROUP (ORDER BY p.y0) AS y,
               min(p.t0) AS began, max(p.t1) AS ended
        FROM pairs p GROUP BY p.quarter
    ), judged AS MATERIALIZED (
        -- Still: a tenth of a quarter hour at most lies elsewhere. A turn lies between silences of three hours.
        SELECT m.quarter, m.x, m.y, m.began, m.ended,
               sum(extract(epoch FROM p.t1 - p.t0)) FILTER (WHERE greatest(ia_restricted.apart(p.x0, p.y0, m.x, m.y), ia_restricted.apart(p.x1, p.y1, m.x, m.y)) > 100) AS elsewhere,
               sum(extract(epoch FROM p.t1 - p.t0)) AS whole
        FROM middles m JOIN pairs p ON p.quarter = m.quarter GROUP BY m.quarter, m.x, m.y, m.began, m.ended
    ), opened AS MATERIALIZED (
        SELECT j.*, coalesce(j.elsewhere, 0) <= 0.1 * j.whole AS still,
               CASE WHEN j.began - lag(j.ended) OVER (ORDER BY j.quarter) < interval '3 hours' THEN 0 ELSE 1 END AS fresh
        FROM judged j
    ), quarters AS MATERIALIZED (
        SELECT o.*, sum(o.fresh) OVER (ORDER BY o.quarter) AS turn FROM opened o
    ), turns AS MATERIALIZED (
        SELECT q.turn, min(q.began) AS began, max(q.ended) AS ended,
               (array_agg(p.x0 ORDER BY p.n))[1] AS x0, (array_agg(p.y0 ORDER BY p.n))[1] AS y0,
               (array_agg(p.x1 ORDER BY p.n DESC))[1] AS x1, (array_agg(p.y1 ORDER BY p.n DESC))[1] AS y1
        FROM quarters q JOIN pairs p ON p.quarter = q.quarter GROUP BY q.turn
    ), broken AS MATERIALIZED (
        SELECT q.*, CASE WHEN lag(q.turn) OVER w = q.turn AND ia_restricted.apart(lag(q.x) OVER w, lag(q.y) OVER w, q.x, q.y) <= 100
                              AND q.began - lag(q.ended) OVER w <= interval '30 minutes' THEN 0 ELSE 1 END AS new
        FROM quarters q WHERE q.still WINDOW w AS (ORDER BY q.quarter)
    ), stays AS MATERIALIZED (
        SELECT b.*, sum(b.new) OVER (ORDER BY b.quarter) AS stay FROM broken b
    ), ends AS MATERIALIZED (
        SELECT s.stay, s.turn, min(s.began) AS began, max(s.ended) AS ended,
               (array_agg(s.x ORDER BY s.quarter))[1] AS x0, (array_agg(s.y ORDER BY s.quarter))[1] AS y0,
               (array_agg(s.x ORDER BY s.quarter DESC))[1] AS x1, (array_agg(s.y ORDER BY s.quarter DESC))[1] AS y1
        FROM stays s GROUP BY s.stay, s.turn
    ), about AS MATERIALIZED (
        SELECT e.stay, e.ended - e.began AS lasts,
               e.began - t.began <= interval '30 minutes' AND ia_restricted.apart(t.x0, t.y0, e.x0, e.y0) <= 100 AS begins,
               t.ended - e.ended <= interval '30 minutes' AND ia_restricted.apart(t.x1, t.y1, e.x1, e.y1) <= 100 AS closes
        FROM ends e JOIN turns t ON t.turn = e.turn
    ), resting AS MATERIALIZED (
        -- Six hours at one place, a whole turn of three, half an hour with which a turn begins or ends that was elsewhere too.
        SELECT s.quarter FROM stays s JOIN about a ON a.stay = s.stay
        WHERE a.lasts >= interval '6 hours' OR (a.begins AND a.closes AND a.lasts >= interval '3 hours')
           OR (a.begins <> a.closes AND a.lasts >= interval '30 minutes')
    ), beside AS MATERIALIZED (
        SELECT q.*, r.quarter IS NOT NULL AS rest, max(r.quarter) OVER (ORDER BY q.quarter) AS before,
               min(r.quarter) OVER (ORDER BY q.quarter ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS after
        FROM quarters q LEFT JOIN resting r ON r.quarter = q.quarter
    ), at_rest AS MATERIALIZED (
        SELECT p.n FROM pairs p JOIN beside b ON b.quarter = p.quarter
        WHERE b.rest OR EXISTS (
            SELECT FROM quarters o
            WHERE o.quarter IN (b.before, b.after) AND o.turn = b.turn AND greatest(b.began - o.ended, o.began - b.ended) <= interval '30 minutes'
              AND ia_restricted.apart(p.x0, p.y0, o.x, o.y) <= 100 AND ia_restricted.apart(p.x1, p.y1, o.x, o.y) <= 100
        )
    ), islands AS MATERIALIZED (
        SELECT min(i.n) AS first, max(i.n) + 1 AS last
        FROM (SELECT a.n, a.n - row_number() OVER (ORDER BY a.n) AS island FROM at_rest a) i GROUP BY i.island
    ), homes AS MATERIALIZED (
        SELECT i.first, i.last, percentile_cont(0.5) WITHIN GROUP (ORDER BY p.x) AS x, percentile_cont(0.5) WITHIN GROUP (ORDER BY p.y) AS y
        FROM islands i JOIN placed p ON p.n BETWEEN i.first AND i.last GROUP BY i.first, i.last HAVING avg(p.at_site::integer) <= 0.5
    ), reach AS MATERIALIZED (
        -- The way to a doorstep tells of it too: up to 500 m, or a police site.
        SELECT coalesce((SELECT max(p.n) FROM placed p WHERE p.n < h.first AND (p.at_site OR ia_restricted.apart(p.x, p.y, h.x, h.y) > 500)), 0) AS after,
               (SELECT min(p.n) FROM placed p WHERE p.n > h.last AND (p.at_site OR ia_restricted.apart(p.x, p.y, h.x, h.y) > 500)) AS before
        FROM homes h
    ), seen AS MATERIALIZED (
        SELECT r."fid", r."time", p.n, p.joined, max(p.n) OVER (ORDER BY r."time") AS prior,
               min(p.n) OVER (ORDER BY r."time" ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS next
        FROM reports r LEFT JOIN placed p ON p."time" = r."time"
    )
    SELECT s."fid", s."time", s.n, coalesce(s.joined, false), EXISTS (
        SELECT FROM reach h
        WHERE (s.prior > h.after AND s.prior < coalesce(h.before, s.prior + 1)) OR (s.next > h.after AND s.next < coalesce(h.before, s.next + 1))
    )
    FROM seen s ORDER BY s."time";
END
$$;
RESET ROLE;
ALTER FUNCTION ia_restricted.reports_around OWNER TO ia_guard;
