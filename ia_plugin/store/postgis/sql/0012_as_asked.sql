-- What was asked for and nothing beside it: the rows that a look shows are settled in one place, which functions, views and the
-- rules for rows all go by, so that who types SQL sees what the plugin shows.
--
-- An officer-day shows its own reports and the legs between them, but for rests that may be at home (0011); the trace of a visit the
-- time from the first leg of the visit to its last, by the same rule; a check the passes of its day, from the last report before
-- each to the first after it, and the whole day where an officer asks for their own data.
SET LOCAL ROLE ia_owner;

-- Looks of this login that are committed and not over. Of a forged line of the record "until" is empty.
CREATE FUNCTION ia_restricted.looks_now() RETURNS TABLE (
    "run_id" bigint, "kind" text, "purpose" text, "officer_day" text, "parameters" jsonb, "officer_id" text, "first" timestamptz, "last" timestamptz
) LANGUAGE sql STABLE ROWS 5 SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT r."run_id", CASE r."what"
               WHEN 'journey' THEN 'day' WHEN 'officer-day asked for' THEN 'day' WHEN 'trace of a visit' THEN 'visit'
               WHEN 'check of one officer-day' THEN 'check' WHEN 'trace' THEN 'list' END,
           r."purpose", r."officer_day", r."parameters"::jsonb, l."officer_id", l."first", l."last"
    FROM ia_records.runs r LEFT JOIN ia_restricted.looks l ON l."run_id" = r."run_id"
    WHERE r."who" = session_user AND r."until" > clock_timestamp() AND pg_xact_status(r."xid") = 'committed'
$$;
GRANT EXECUTE ON FUNCTION ia_restricted.looks_now, ia_restricted.officers_looked_at, ia_restricted.may_trace TO ia_guard;

-- What tells the rows of a look: it runs as ia_guard ---------------------------------------------------------------------------

-- The time that a look is about: an officer-day, or from the first leg of a visit to its last.
DROP FUNCTION ia_journeys.leg_starts, ia_journeys.reports;
DROP FUNCTION ia_restricted.span_of;
CREATE FUNCTION ia_restricted.span_of(run bigint, OUT kind text, OUT officer text, OUT first timestamptz, OUT last timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    began timestamptz;
    ended timestamptz;
BEGIN
    SELECT n."kind", n."officer_id", n."first", n."last" INTO kind, officer, first, last FROM ia_restricted.looks_now() n WHERE n."run_id" = run;
    IF kind = 'visit' THEN
        SELECT min(l."start"), max(l."end") INTO began, ended FROM ia_restricted.legs l
        WHERE l."officer_id" = officer AND l."start" < last AND l."start" > first - interval '7 days' AND l."end" > first;
        first := coalesce(began, first);
        last := coalesce(ended, last);
    END IF;
END
$$;

-- Visits of a list, and those that a check's day meets.
CREATE FUNCTION ia_restricted.visits_of(run bigint) RETURNS TABLE ("officer_id" text, "enter" timestamptz, "fid" bigint)
LANGUAGE plpgsql STABLE ROWS 2000 SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    look record;
    areas text[];
    units jsonb;
    kinds jsonb;
BEGIN
    SELECT n.* INTO look FROM ia_restricted.looks_now() n WHERE n."run_id" = run;
    IF look."kind" = 'check' THEN
        RETURN QUERY
            SELECT v."officer_id", v."enter", v."fid" FROM ia_restricted.visits v
            WHERE v."officer_id" = look."officer_id" AND v."enter" < look."last" AND v."enter" > look."first" - interval '7 days' AND v."leave" > look."first";
    ELSIF look."kind" = 'list' THEN
        areas := ARRAY(SELECT jsonb_array_elements_text(look."parameters" -> 'areas'));
        units := look."parameters" -> 'groups' -> 'unit';
        kinds := look."parameters" -> 'groups' -> 'resource_type';
        RETURN QUERY
            SELECT v."officer_id", v."enter", v."fid" FROM ia_restricted.visits v
            WHERE v."area_id" = ANY(areas)
              AND v."enter" >= coalesce((look."parameters" ->> 'first')::timestamptz, '-infinity')
              AND v."enter" < coalesce((look."parameters" ->> 'last')::timestamptz, 'infinity')
              AND (units IS NULL AND kinds IS NULL OR EXISTS (
                  SELECT FROM (
                      SELECT l."unit", l."resource_type" FROM ia_restricted.legs l
                      WHERE l."officer_id" = v."officer_id" AND l."track_id" = v."track_id"
                        AND l."start" >= v."enter" - interval '24 hours' AND l."start" <= v."leave"
                      ORDER BY l."start" LIMIT 1
                  ) t WHERE (units IS NULL OR units ? t."unit") AND (kinds IS NULL OR kinds ? t."resource_type")
              ));
    END IF;
END
$$;

-- Reports that a look shows; "skipped": others are left out between this one and the next.
CREATE FUNCTION ia_restricted.reports_of(run bigint) RETURNS TABLE ("officer_id" text, "time" timestamptz, "fid" bigint, "joined" boolean, "skipped" boolean)
LANGUAGE plpgsql STABLE ROWS 500 SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    span record;
    low timestamptz;
    high timestamptz;
    own boolean;
BEGIN
    SELECT * INTO span FROM ia_restricted.span_of(run);
    IF span.officer IS NULL THEN
        RETURN;
    ELSIF span.kind IN ('day', 'visit') THEN
        -- An officer-day has what has a position, before its last moment; a visit the end of its last leg, and reports without a position too.
        RETURN QUERY
            SELECT span.officer, r."time", r."fid", r."joined",
                   r."place" IS NOT NULL AND coalesce(min(r."place") OVER (ORDER BY r."time" ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) > r."place" + 1, false)
            FROM ia_restricted.reports_around(span.officer, span.first, span.last) r
            WHERE NOT r."home" AND r."time" >= span.first
              AND (span.kind = 'day' AND r."place" IS NOT NULL AND r."time" < span.last OR span.kind = 'visit' AND r."time" <= span.last);
    ELSIF span.kind = 'check' THEN
        low := span.first - interval '12 hours';
        high := span.last + interval '12 hours';
        own := (SELECT n."purpose" = 'answering an officer''s request for their own data' FROM ia_restricted.looks_now() n WHERE n."run_id" = run);
        RETURN QUERY
            WITH near AS MATERIALIZED (
                SELECT f."time", f."fid" FROM ia_restricted.fixes f WHERE f."officer_id" = span.officer AND f."time" >= low AND f."time" < high
            ), passes AS MATERIALIZED (
                SELECT (SELECT max(n."time") FROM near n WHERE n."time" <= v."enter") AS first, (SELECT min(n."time") FROM near n WHERE n."time" >= v."leave") AS last
                FROM ia_restricted.visits v JOIN ia_restricted.visits_of(run) k ON k."officer_id" = v."officer_id" AND k."enter" = v."enter" AND k."fid" = v."fid"
                WHERE v."officer_id" = span.officer AND v."enter" < span.last AND v."enter" > span.first - interval '7 days'
            )
            SELECT span.officer, n."time", n."fid", NULL::boolean, NULL::boolean FROM near n
            WHERE own AND n."time" >= span.first AND n."time" < span.last
               OR EXISTS (SELECT FROM passes p WHERE n."time" >= coalesce(p.first, low) AND n."time" <= coalesce(p.last, high));
    END IF;
END
$$;

-- Legs that a look shows: of an officer-day those with both ends in it. None has an end at a report that is left out.
CREATE FUNCTION ia_restricted.legs_of(run bigint) RETURNS TABLE ("officer_id" text, "start" timestamptz, "fid" bigint)
LANGUAGE plpgsql STABLE ROWS 500 SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    span record;
BEGIN
    SELECT * INTO span FROM ia_restricted.span_of(run);
    IF span.officer IS NULL OR span.kind NOT IN ('day', 'visit') THEN
        RETURN;
    END IF;
    RETURN QUERY
        WITH home AS MATERIALIZED (
            SELECT r."time" FROM ia_restricted.reports_around(span.officer, span.first, span.last) r WHERE r."home"
        )
        SELECT l."officer_id", l."start", l."fid" FROM ia_restricted.legs l JOIN ia_restricted.looks_now() n ON n."run_id" = run
        WHERE l."officer_id" = span.officer AND l."start" NOT IN (SELECT h."time" FROM home h) AND l."end" NOT IN (SELECT h."time" FROM home h)
          AND (span.kind = 'day' AND l."start" >= span.first AND l."start" < span.last AND l."end" < span.last
               OR span.kind = 'visit' AND l."start" > n."first" - interval '7 days' AND l."start" < n."last" AND l."end" > n."first");
END
$$;

-- How many reports a look leaves out, whether police sites are known, and whether the turn came from the day before and goes on after it.
CREATE FUNCTION ia_restricted.facts_of(run bigint) RETURNS TABLE ("left_out" bigint, "any_sites" boolean, "before" boolean, "after" boolean)
LANGUAGE plpgsql STABLE ROWS 1 SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    span record;
BEGIN
    SELECT * INTO span FROM ia_restricted.span_of(run);
    RETURN QUERY
        WITH seen AS MATERIALIZED (
            SELECT r.*, r."time" >= span.first AND (r."time" < span.last OR span.kind = 'visit' AND r."time" = span.last) AS within
            FROM ia_restricted.reports_around(span.officer, span.first, span.last) r WHERE r."place" IS NOT NULL OR span.kind = 'visit'
        ), edges AS (
            SELECT min(s."place") AS first, max(s."place") AS last, (SELECT max(a."place") FROM seen a) AS of_all FROM seen s WHERE s.within
        )
        SELECT (SELECT count(*) FROM seen s WHERE s.within AND s."home"), EXISTS (SELECT FROM ia_summary.areas a WHERE a."role" = 'site'),
               coalesce((SELECT s."joined" FROM seen s JOIN edges e ON s."place" = e.first - 1), false),
               coalesce((SELECT s."joined" FROM seen s JOIN edges e ON s."place" = e.last AND e.last < e.of_all), false);
END
$$;

-- All that this login may see now, for the rules; an officer-day that was opened twice is told once. A function that shows one look says
-- which by a setting, so that the others are not told anew: whoever sets it themselves sees less, and never more.
CREATE FUNCTION ia_restricted.looks_apart() RETURNS SETOF bigint LANGUAGE sql STABLE ROWS 5 SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT max(n."run_id") FROM ia_restricted.looks_now() n
    WHERE coalesce(nullif(current_setting('ia.look', true), ''), n."run_id"::text) = n."run_id"::text
    GROUP BY n."kind", n."officer_id", n."first", n."last", n."purpose", CASE n."kind" WHEN 'list' THEN n."parameters" END
$$;
CREATE FUNCTION ia_restricted.reports_shown() RETURNS TABLE ("officer_id" text, "time" timestamptz, "fid" bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT r."officer_id", r."time", r."fid" FROM ia_restricted.looks_apart() n, ia_restricted.reports_of(n) r
$$;
CREATE FUNCTION ia_restricted.legs_shown() RETURNS TABLE ("officer_id" text, "start" timestamptz, "fid" bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT l."officer_id", l."start", l."fid" FROM ia_restricted.looks_apart() n, ia_restricted.legs_of(n) l
$$;
CREATE FUNCTION ia_restricted.visits_shown() RETURNS TABLE ("officer_id" text, "enter" timestamptz, "fid" bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT v."officer_id", v."enter", v."fid" FROM ia_restricted.looks_apart() n, ia_restricted.visits_of(n) v
$$;
GRANT EXECUTE ON FUNCTION ia_restricted.looks_apart TO ia_guard;
RESET ROLE;
DO $$
DECLARE
    one text;
BEGIN
    FOREACH one IN ARRAY ARRAY[
        'span_of(bigint)', 'visits_of(bigint)', 'reports_of(bigint)', 'legs_of(bigint)', 'facts_of(bigint)', 'reports_shown()', 'legs_shown()', 'visits_shown()'
    ] LOOP
        EXECUTE format('ALTER FUNCTION ia_restricted.%s OWNER TO ia_guard', one);
        EXECUTE format('GRANT EXECUTE ON FUNCTION ia_restricted.%s TO ia_owner', one);
    END LOOP;
END
$$;

-- The rules for rows: whatever runs as the owner of the tables meets the rows of looks, and no others ------------------------------

SET LOCAL ROLE ia_owner;
ALTER TABLE ia_restricted.tracks ENABLE ROW LEVEL SECURITY;
ALTER TABLE ia_restricted.tracks FORCE ROW LEVEL SECURITY;
CREATE POLICY loads ON ia_restricted.tracks TO ia_loader USING (true) WITH CHECK (true);
DROP POLICY asked ON ia_restricted.fixes;
DROP POLICY asked ON ia_restricted.legs;
DROP POLICY asked ON ia_restricted.visits;
DROP POLICY asked ON ia_restricted.gaps;
CREATE POLICY asked ON ia_restricted.fixes FOR SELECT TO ia_owner
    USING (("officer_id", "time", "fid") IN (SELECT r."officer_id", r."time", r."fid" FROM ia_restricted.reports_shown() r));
CREATE POLICY asked ON ia_restricted.legs FOR SELECT TO ia_owner
    USING (("officer_id", "start", "fid") IN (SELECT l."officer_id", l."start", l."fid" FROM ia_restricted.legs_shown() l));
CREATE POLICY asked ON ia_restricted.visits FOR SELECT TO ia_owner
    USING (("officer_id", "enter", "fid") IN (SELECT v."officer_id", v."enter", v."fid" FROM ia_restricted.visits_shown() v));
CREATE POLICY guards ON ia_restricted.fixes FOR SELECT TO ia_guard USING ("officer_id" IN (SELECT ia_restricted.officers_looked_at()));
CREATE POLICY guards ON ia_restricted.legs FOR SELECT TO ia_guard
    USING ((SELECT ia_restricted.may_trace()) OR "officer_id" IN (SELECT ia_restricted.officers_looked_at()));
CREATE POLICY guards ON ia_restricted.visits FOR SELECT TO ia_guard
    USING ((SELECT ia_restricted.may_trace()) OR "officer_id" IN (SELECT ia_restricted.officers_looked_at()));
DROP FUNCTION ia_restricted.may_see;
DROP FUNCTION ia_restricted.days_asked;

-- What an inspector calls -----------------------------------------------------------------------------------------------------

-- The label of a day is shown beside its visits; a check goes by another one, so that it begins with a collar number and not with a list.
ALTER TABLE ia_restricted.officer_days ADD COLUMN "check_label" text;
CREATE UNIQUE INDEX ON ia_restricted.officer_days ("check_label");

CREATE OR REPLACE FUNCTION ia_journeys.ask(officer_day text, purpose text, in_words text DEFAULT '') RETURNS timestamptz
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    the_end timestamptz := clock_timestamp() + interval '1 hour';
    number bigint;
BEGIN
    IF purpose IS NULL OR officer_day IS NULL OR length(in_words) > 200 THEN
        RAISE EXCEPTION 'an officer-day and a purpose are needed, in at most 200 letters beyond it';
    END IF;
    PERFORM ia_restricted.forget_looks();
    INSERT INTO ia_records.runs ("at", "who", "what", "version", "parameters", "inputs", "purpose", "audience", "outcome", "seconds", "officer_day", "until")
    VALUES (clock_timestamp(), session_user, 'officer-day asked for', '', json_build_object('in words', in_words)::text, '{}', purpose, 'restricted', 'done', 0, officer_day, the_end)
    RETURNING "run_id" INTO number;
    INSERT INTO ia_restricted.looks
    SELECT number, d."officer_id", d."starts", d."ends" FROM ia_restricted.officer_days d WHERE d."officer_day" = $1;
    RETURN the_end;
END
$$;

CREATE OR REPLACE FUNCTION ia_journeys.ask_check(label text, day text, reason text, mark text, purpose text, version text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    found ia_restricted.officer_days;
    facts jsonb := jsonb_build_object('day', day, 'reason', reason, 'officer mark', mark);
BEGIN
    IF length(reason) > 200 OR length(mark) > 40 OR length(day) > 10 OR length(label) > 40 THEN
        RAISE EXCEPTION 'a reason has at most 200 letters';
    END IF;
    SELECT * INTO found FROM ia_restricted.officer_days d WHERE d."check_label" = label;
    IF found."officer_day" IS NULL THEN
        RETURN ia_restricted.add_look('check of one officer-day', facts, purpose, version, label);
    END IF;
    RETURN ia_restricted.ask_day(found."officer_id", found."officer_day", 'check of one officer-day', facts, purpose, version, found."starts", found."ends");
END
$$;

CREATE OR REPLACE FUNCTION ia_journeys.fixes_asked() RETURNS TABLE (
    "fid" bigint, "officer_day" text, "time" timestamptz, "accuracy_m" double precision, "speed_kmh" double precision,
    "heading_deg" double precision, "reason" text, "radio_kind" text, "geom" public.geometry(Point, :srid)
) LANGUAGE plpgsql STABLE ROWS 500 SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM ia_restricted.wait_for_disk();
    RETURN QUERY
        SELECT f."fid", n."officer_day", f."time", f."accuracy_m", f."speed_kmh", f."heading_deg", f."reason", f."radio_kind", f."geom"
        FROM (SELECT max(l."run_id") AS run, l."officer_day" FROM ia_restricted.looks_now() l WHERE l."kind" = 'day' GROUP BY l."officer_day") n,
             ia_restricted.reports_of(n.run) r
             JOIN ia_restricted.fixes f ON f."officer_id" = r."officer_id" AND f."time" = r."time" AND f."fid" = r."fid"
        ORDER BY n."officer_day", f."time", f."fid";
END
$$;

CREATE OR REPLACE FUNCTION ia_journeys.legs_asked() RETURNS TABLE (
    "fid" bigint, "officer_day" text, "start" timestamptz, "end" timestamptz, "duration_s" double precision,
    "distance_m" double precision, "speed_kmh" double precision, "mode" text, "confidence" double precision,
    "geom" public.geometry(LineStringM, :srid)
) LANGUAGE plpgsql STABLE ROWS 500 SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM ia_restricted.wait_for_disk();
    RETURN QUERY
        SELECT l."fid", n."officer_day", l."start", l."end", l."duration_s", l."distance_m", l."speed_kmh", l."mode", l."confidence", l."geom"
        FROM (SELECT max(k."run_id") AS run, k."officer_day" FROM ia_restricted.looks_now() k WHERE k."kind" = 'day' GROUP BY k."officer_day") n,
             ia_restricted.legs_of(n.run) r
             JOIN ia_restricted.legs l ON l."officer_id" = r."officer_id" AND l."start" = r."start" AND l."fid" = r."fid"
        ORDER BY n."officer_day", l."start", l."fid";
END
$$;

CREATE OR REPLACE FUNCTION ia_journeys.visits(run bigint) RETURNS TABLE (
    "visit_id" bigint, "area_id" text, "officer_day" text, "track_id" bigint, "enter" timestamptz, "leave" timestamptz, "seconds" double precision,
    "seconds_low" double precision, "seconds_high" double precision, "seconds_sd" double precision,
    "seconds_foot" double precision, "seconds_vehicle" double precision, "seconds_stationary" double precision,
    "local_hour" smallint, "local_weekday" smallint
) LANGUAGE plpgsql STABLE ROWS 2000 SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM ia_restricted.look_asked(run, ARRAY['trace']);
    PERFORM set_config('ia.look', run::text, true);
    RETURN QUERY
        SELECT v."visit_id", v."area_id", d."officer_day", v."track_id", v."enter", v."leave", v."seconds", v."seconds_low", v."seconds_high", v."seconds_sd",
               v."seconds_foot", v."seconds_vehicle", v."seconds_stationary", v."local_hour", v."local_weekday"
        FROM ia_restricted.visits_of(run) k
        JOIN ia_restricted.visits v ON v."officer_id" = k."officer_id" AND v."enter" = k."enter" AND v."fid" = k."fid"
        LEFT JOIN ia_restricted.officer_days d ON d."officer_id" = v."officer_id" AND d."starts" <= v."enter" AND v."enter" < d."ends"
        ORDER BY v."enter" DESC, v."visit_id";
    PERFORM set_config('ia.look', '', true);
END
$$;

CREATE FUNCTION ia_journeys.reports(run bigint) RETURNS TABLE (
    "time" timestamptz, "accuracy_m" double precision, "speed_kmh" double precision, "heading_deg" double precision, "reason" text, "radio_kind" text,
    "unit" text, "resource_type" text, "record_id" text, "source_ref" text, "local_hour" smallint, "local_weekday" smallint, "file" text,
    "joined" boolean, "skipped" boolean, "geom" public.geometry(Point, :srid)
) LANGUAGE plpgsql STABLE ROWS 500 SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM ia_restricted.look_asked(run, ARRAY['journey', 'trace of a visit', 'check of one officer-day']);
    PERFORM set_config('ia.look', run::text, true);
    RETURN QUERY
        SELECT f."time", f."accuracy_m", f."speed_kmh", f."heading_deg", f."reason", f."radio_kind", f."unit", f."resource_type", f."record_id", f."source_ref",
               f."local_hour", f."local_weekday",
               (SELECT s."name" FROM ia_restricted.sources s WHERE left(s."hash", 16) = split_part(f."source_ref", ':', 1) LIMIT 1),
               r."joined", r."skipped", f."geom"
        FROM ia_restricted.reports_of(run) r
        JOIN ia_restricted.fixes f ON f."officer_id" = r."officer_id" AND f."time" = r."time" AND f."fid" = r."fid"
        ORDER BY f."time", f."fid";
    PERFORM set_config('ia.look', '', true);
END
$$;

CREATE FUNCTION ia_journeys.look_facts(run bigint) RETURNS TABLE ("left_out" bigint, "any_sites" boolean, "before" boolean, "after" boolean)
LANGUAGE plpgsql STABLE ROWS 1 SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM ia_restricted.look_asked(run, ARRAY['journey', 'trace of a visit']);
    RETURN QUERY SELECT f.* FROM ia_restricted.facts_of(run) f;
END
$$;

CREATE OR REPLACE FUNCTION ia_journeys.visit_legs(run bigint) RETURNS TABLE (
    "leg_id" bigint, "track_id" bigint, "start" timestamptz, "end" timestamptz, "duration_s" double precision, "distance_m" double precision,
    "speed_kmh" double precision, "over_speed" boolean, "accuracy0_m" double precision, "accuracy1_m" double precision,
    "p_foot" double precision, "p_vehicle" double precision, "p_stationary" double precision, "p_bicycle" double precision,
    "mode" text, "confidence" double precision, "unit" text, "resource_type" text, "local_hour" smallint, "local_weekday" smallint,
    "geom" public.geometry(LineStringM, :srid)
) LANGUAGE plpgsql STABLE ROWS 500 SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM ia_restricted.look_asked(run, ARRAY['trace of a visit']);
    PERFORM set_config('ia.look', run::text, true);
    RETURN QUERY
        SELECT l."leg_id", l."track_id", l."start", l."end", l."duration_s", l."distance_m", l."speed_kmh", l."over_speed", l."accuracy0_m", l."accuracy1_m",
               l."p_foot", l."p_vehicle", l."p_stationary", l."p_bicycle", l."mode", l."confidence", l."unit", l."resource_type",
               l."local_hour", l."local_weekday", l."geom"
        FROM ia_restricted.legs_of(run) r
        JOIN ia_restricted.legs l ON l."officer_id" = r."officer_id" AND l."start" = r."start" AND l."fid" = r."fid"
        ORDER BY l."start", l."fid";
    PERFORM set_config('ia.look', '', true);
END
$$;

CREATE OR REPLACE FUNCTION ia_journeys.day_visits(run bigint) RETURNS TABLE ("area_id" text, "enter" timestamptz, "leave" timestamptz)
LANGUAGE plpgsql STABLE ROWS 50 SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM ia_restricted.look_asked(run, ARRAY['check of one officer-day']);
    PERFORM set_config('ia.look', run::text, true);
    RETURN QUERY
        SELECT v."area_id", v."enter", v."leave" FROM ia_restricted.visits_of(run) k
        JOIN ia_restricted.visits v ON v."officer_id" = k."officer_id" AND v."enter" = k."enter" AND v."fid" = k."fid"
        ORDER BY v."enter", v."fid";
    PERFORM set_config('ia.look', '', true);
END
$$;
GRANT EXECUTE ON FUNCTION ia_journeys.reports, ia_journeys.look_facts TO ia_inspector;
RESET ROLE;
