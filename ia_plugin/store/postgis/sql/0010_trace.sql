-- From a figure back to what stands behind it, for an inspector: visits, the officer-day of one of them, and the officer-day of
-- a collar number. Each look is asked for and committed first, as in 0005; it is seen for one hour, by that login alone.
--
-- What a look may read stands in the record, and nothing else is shown: the areas and the time of a list of visits, the
-- officer-day of the rest. Around an officer-day the reports of 36 hours before and after it are given too (and the nearest beyond
-- them): from them the plugin tells rests that may be at home, and leaves them out. No function gives a pseudonym.
SET LOCAL ROLE ia_owner;

INSERT INTO ia_records.purposes VALUES ('answering an officer''s request for their own data');

-- Whose movement a look is at, while it may be seen: nobody has a right to this table.
CREATE TABLE ia_restricted.looks (
    "run_id" bigint PRIMARY KEY,
    "officer_id" text NOT NULL,
    "first" timestamptz NOT NULL,
    "last" timestamptz NOT NULL
);

CREATE FUNCTION ia_restricted.forget_looks() RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    DELETE FROM ia_restricted.looks l USING ia_records.runs r WHERE r."run_id" = l."run_id" AND r."until" <= clock_timestamp()
$$;
GRANT EXECUTE ON FUNCTION ia_restricted.forget_looks TO ia_loader;

CREATE FUNCTION ia_restricted.add_look(what text, facts jsonb, purpose text, version text, day text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    number bigint;
BEGIN
    IF purpose IS NULL OR facts IS NULL OR length(facts::text) > 20000 OR length(version) > 50 THEN
        RAISE EXCEPTION 'a purpose is needed, and what is asked for in at most 20000 letters';
    END IF;
    PERFORM ia_restricted.forget_looks();
    INSERT INTO ia_records.runs ("at", "who", "what", "version", "parameters", "inputs", "purpose", "audience", "outcome", "seconds", "officer_day", "until")
    VALUES (clock_timestamp(), session_user, what, version, facts::text, '{}', purpose, 'restricted', 'done', 0, day, clock_timestamp() + interval '1 hour')
    RETURNING "run_id" INTO number;
    RETURN number;
END
$$;

-- A look of this login that is committed and not over; an error for any other.
CREATE FUNCTION ia_restricted.look_asked(run bigint, kinds text[]) RETURNS ia_records.runs
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    found ia_records.runs;
BEGIN
    PERFORM ia_restricted.wait_for_disk();
    SELECT * INTO found FROM ia_records.runs r
    WHERE r."run_id" = run AND r."who" = session_user AND r."what" = ANY(kinds) AND r."until" > clock_timestamp() AND pg_xact_status(r."xid") = 'committed';
    IF found."run_id" IS NULL THEN
        RAISE EXCEPTION 'a look is asked for first, with a purpose that is committed, and lasts an hour' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN found;
END
$$;

-- Row-level security behind the functions, which run as the owner: without a look that is committed they find nothing.
CREATE FUNCTION ia_restricted.may_trace() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM ia_records.runs r
        WHERE r."who" = session_user AND r."what" = 'trace' AND r."until" > clock_timestamp() AND pg_xact_status(r."xid") = 'committed'
    )
$$;
CREATE FUNCTION ia_restricted.officers_looked_at() RETURNS SETOF text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT l."officer_id" FROM ia_restricted.looks l JOIN ia_records.runs r ON r."run_id" = l."run_id"
    WHERE r."who" = session_user AND r."until" > clock_timestamp() AND pg_xact_status(r."xid") = 'committed'
$$;
DO $$
DECLARE
    one text;
    moment text;
    traced text;
BEGIN
    FOREACH one IN ARRAY ARRAY['fixes', 'legs', 'visits'] LOOP
        moment := CASE one WHEN 'fixes' THEN 'time' WHEN 'visits' THEN 'enter' ELSE 'start' END;
        -- Asked once a statement, and before the rule that is asked row by row.
        traced := CASE one WHEN 'fixes' THEN '' ELSE '(SELECT ia_restricted.may_trace()) OR ' END;
        EXECUTE format('DROP POLICY asked ON ia_restricted.%I', one);
        EXECUTE format(
            'CREATE POLICY asked ON ia_restricted.%I FOR SELECT TO ia_owner USING (%s"officer_id" IN (SELECT ia_restricted.officers_looked_at()) OR ia_restricted.may_see("officer_id", %I))',
            one, traced, moment);
    END LOOP;
END
$$;

-- Visits behind a figure -----------------------------------------------------------------------------------------------------

CREATE FUNCTION ia_journeys.ask_visits(areas text[], first timestamptz, last timestamptz, groups jsonb, filter jsonb, purpose text, version text)
RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT ia_restricted.add_look(
        'trace', jsonb_build_object('areas', areas, 'filter', filter, 'first', first, 'last', last, 'groups', groups), purpose, version, NULL)
$$;

CREATE FUNCTION ia_journeys.visits(run bigint) RETURNS TABLE (
    "visit_id" bigint, "area_id" text, "officer_day" text, "track_id" bigint, "enter" timestamptz, "leave" timestamptz, "seconds" double precision,
    "seconds_low" double precision, "seconds_high" double precision, "seconds_sd" double precision,
    "seconds_foot" double precision, "seconds_vehicle" double precision, "seconds_stationary" double precision,
    "local_hour" smallint, "local_weekday" smallint
) LANGUAGE plpgsql STABLE ROWS 2000 SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    asked jsonb;
    areas text[];
    units jsonb;
    kinds jsonb;
BEGIN
    asked := (ia_restricted.look_asked(run, ARRAY['trace']))."parameters"::jsonb;
    areas := ARRAY(SELECT jsonb_array_elements_text(asked -> 'areas'));
    units := asked -> 'groups' -> 'unit';
    kinds := asked -> 'groups' -> 'resource_type';
    RETURN QUERY
        SELECT v."visit_id", v."area_id", d."officer_day", v."track_id", v."enter", v."leave", v."seconds", v."seconds_low", v."seconds_high", v."seconds_sd",
               v."seconds_foot", v."seconds_vehicle", v."seconds_stationary", v."local_hour", v."local_weekday"
        FROM ia_restricted.visits v
        LEFT JOIN ia_restricted.officer_days d ON d."officer_id" = v."officer_id" AND d."starts" <= v."enter" AND v."enter" < d."ends"
        WHERE v."area_id" = ANY(areas)
          AND v."enter" >= coalesce((asked ->> 'first')::timestamptz, '-infinity') AND v."enter" < coalesce((asked ->> 'last')::timestamptz, 'infinity')
          AND (units IS NULL AND kinds IS NULL OR EXISTS (
              SELECT FROM (
                  SELECT l."unit", l."resource_type" FROM ia_restricted.legs l
                  WHERE l."officer_id" = v."officer_id" AND l."track_id" = v."track_id"
                    AND l."start" >= v."enter" - interval '24 hours' AND l."start" <= v."leave"
                  ORDER BY l."start" LIMIT 1
              ) t WHERE (units IS NULL OR units ? t."unit") AND (kinds IS NULL OR kinds ? t."resource_type")
          ))
        ORDER BY v."enter" DESC, v."visit_id";
END
$$;

-- One officer-day -------------------------------------------------------------------------------------------------------------

-- An officer-day is counted as looked at once while it is seen; from the third within thirty days on the record says so, too.
CREATE FUNCTION ia_restricted.ask_day(officer text, label text, what text, facts jsonb, purpose text, version text, first timestamptz, last timestamptz)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    counted text[] := ARRAY['journey', 'trace of a visit', 'officer-day asked for'];
    number bigint;
    looks bigint;
BEGIN
    IF what = ANY(counted) AND EXISTS (
        SELECT FROM ia_records.runs r
        WHERE r."who" = session_user AND r."officer_day" = label AND r."until" > clock_timestamp() AND r."what" = ANY(counted)
    ) THEN
        facts := facts || '{"again": true}';
    END IF;
    number := ia_restricted.add_look(what, facts, purpose, version, label);
    INSERT INTO ia_restricted.looks VALUES (number, officer, first, last);
    IF what = ANY(counted) AND NOT facts ? 'again' THEN
        SELECT count(*) INTO looks FROM ia_records.runs r
        WHERE r."officer_day" IN (SELECT d."officer_day" FROM ia_restricted.officer_days d WHERE d."officer_id" = officer)
          AND r."what" = ANY(counted) AND r."at" >= clock_timestamp() - interval '30 days' AND r."parameters" NOT LIKE '%"again"%';
        IF looks >= 3 THEN
            INSERT INTO ia_records.runs ("at", "who", "what", "version", "parameters", "inputs", "purpose", "audience", "outcome", "seconds")
            VALUES (clock_timestamp(), session_user, 'repeated look at one officer', version,
                    jsonb_build_object('looks', looks, 'within days', 30)::text, '{}', purpose, 'restricted', 'done', 0);
        END IF;
    END IF;
    RETURN number;
END
$$;

-- A visit of a list that this login may see now: its officer-day ("journey"), or what is behind it alone ("trace of a visit").
CREATE FUNCTION ia_journeys.ask_visit(visit bigint, entered timestamptz, whole_day boolean, purpose text, version text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    found record;
    zone text := (SELECT s."value" FROM ia_records.settings s WHERE s."name" = 'timezone');
BEGIN
    SELECT v."officer_id", v."enter", v."leave", d."officer_day", d."starts", d."ends" INTO found
    FROM ia_restricted.visits v JOIN ia_restricted.officer_days d
      ON d."officer_id" = v."officer_id" AND d."starts" <= v."enter" AND v."enter" < d."ends"
    WHERE v."enter" = entered AND v."visit_id" = visit
    LIMIT 1;
    IF found."officer_day" IS NULL THEN
        RAISE EXCEPTION 'the visit is not in the store any more, or the list was asked for more than an hour ago' USING ERRCODE = 'no_data_found';
    END IF;
    RETURN ia_restricted.ask_day(
        found."officer_id", found."officer_day", CASE WHEN whole_day THEN 'journey' ELSE 'trace of a visit' END,
        jsonb_build_object('day', to_char(found."starts" AT TIME ZONE zone, 'YYYY-MM-DD')), purpose, version,
        CASE WHEN whole_day THEN found."starts" ELSE found."enter" END, CASE WHEN whole_day THEN found."ends" ELSE found."leave" END);
END
$$;

-- The officer-day of a collar number, by its label, which who holds the force's key can make: neither number nor pseudonym
-- comes to the server. One without reports is recorded as well, and shows nothing.
CREATE FUNCTION ia_journeys.ask_check(label text, day text, reason text, mark text, purpose text, version text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    found ia_restricted.officer_days;
    facts jsonb := jsonb_build_object('day', day, 'reason', reason, 'officer mark', mark);
BEGIN
    IF length(reason) > 200 OR length(mark) > 40 OR length(day) > 10 OR length(label) > 40 THEN
        RAISE EXCEPTION 'a reason has at most 200 letters';
    END IF;
    SELECT * INTO found FROM ia_restricted.officer_days d WHERE d."officer_day" = label;
    IF found."officer_day" IS NULL THEN
        RETURN ia_restricted.add_look('check of one officer-day', facts, purpose, version, label);
    END IF;
    RETURN ia_restricted.ask_day(found."officer_id", label, 'check of one officer-day', facts, purpose, version, found."starts", found."ends");
END
$$;

-- The time that a look is about: an officer-day, or from the first leg of a visit to its last.
CREATE FUNCTION ia_restricted.span_of(run bigint, OUT officer text, OUT first timestamptz, OUT last timestamptz, OUT around interval)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    asked ia_records.runs := ia_restricted.look_asked(run, ARRAY['journey', 'trace of a visit', 'check of one officer-day']);
    began timestamptz;
    ended timestamptz;
BEGIN
    SELECT k."officer_id", k."first", k."last" INTO officer, first, last FROM ia_restricted.looks k WHERE k."run_id" = run;
    around := CASE asked."what" WHEN 'check of one officer-day' THEN interval '12 hours' ELSE interval '36 hours' END;
    IF asked."what" = 'trace of a visit' THEN
        SELECT min(l."start"), max(l."end") INTO began, ended FROM ia_restricted.legs l
        WHERE l."officer_id" = officer AND l."start" < last AND l."start" > first - interval '7 days' AND l."end" > first;
        first := coalesce(began, first);
        last := coalesce(ended, last);
    END IF;
END
$$;

CREATE FUNCTION ia_journeys.reports(run bigint) RETURNS TABLE (
    "time" timestamptz, "accuracy_m" double precision, "speed_kmh" double precision, "heading_deg" double precision, "reason" text, "radio_kind" text,
    "unit" text, "resource_type" text, "record_id" text, "source_ref" text, "local_hour" smallint, "local_weekday" smallint, "file" text,
    "geom" public.geometry(Point, :srid)
) LANGUAGE plpgsql STABLE ROWS 2000 SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    look record;
    low timestamptz;
    high timestamptz;
BEGIN
    SELECT * INTO look FROM ia_restricted.span_of(run);
    low := look.first - look.around;
    high := look.last + look.around;
    IF look.around > interval '12 hours' THEN  -- a radio that was off for days at one place was at rest there
        low := coalesce((SELECT max(b."time") FROM ia_restricted.fixes b WHERE b."officer_id" = look.officer AND b."time" < low), low);
        high := coalesce((SELECT min(b."time") + interval '1 microsecond' FROM ia_restricted.fixes b WHERE b."officer_id" = look.officer AND b."time" >= high), high);
    END IF;
    RETURN QUERY
        SELECT f."time", f."accuracy_m", f."speed_kmh", f."heading_deg", f."reason", f."radio_kind", f."unit", f."resource_type", f."record_id", f."source_ref",
               f."local_hour", f."local_weekday",
               (SELECT s."name" FROM ia_restricted.sources s WHERE left(s."hash", 16) = split_part(f."source_ref", ':', 1) LIMIT 1), f."geom"
        FROM ia_restricted.fixes f WHERE f."officer_id" = look.officer AND f."time" >= low AND f."time" < high
        ORDER BY f."time", f."fid";
END
$$;

-- When legs begin: a report from which none begins is followed by a silence.
CREATE FUNCTION ia_journeys.leg_starts(run bigint) RETURNS TABLE ("start" timestamptz)
LANGUAGE plpgsql STABLE ROWS 2000 SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    look record;
BEGIN
    SELECT * INTO look FROM ia_restricted.span_of(run);
    RETURN QUERY
        SELECT l."start" FROM ia_restricted.legs l
        WHERE l."officer_id" = look.officer AND l."start" >= look.first - look.around AND l."start" < look.last + look.around
        ORDER BY l."start", l."fid";
END
$$;

CREATE FUNCTION ia_journeys.visit_legs(run bigint) RETURNS TABLE (
    "leg_id" bigint, "track_id" bigint, "start" timestamptz, "end" timestamptz, "duration_s" double precision, "distance_m" double precision,
    "speed_kmh" double precision, "over_speed" boolean, "accuracy0_m" double precision, "accuracy1_m" double precision,
    "p_foot" double precision, "p_vehicle" double precision, "p_stationary" double precision, "p_bicycle" double precision,
    "mode" text, "confidence" double precision, "unit" text, "resource_type" text, "local_hour" smallint, "local_weekday" smallint,
    "geom" public.geometry(LineStringM, :srid)
) LANGUAGE plpgsql STABLE ROWS 500 SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    look record;
BEGIN
    PERFORM ia_restricted.look_asked(run, ARRAY['trace of a visit']);
    SELECT k.* INTO look FROM ia_restricted.looks k WHERE k."run_id" = run;
    RETURN QUERY
        SELECT l."leg_id", l."track_id", l."start", l."end", l."duration_s", l."distance_m", l."speed_kmh", l."over_speed", l."accuracy0_m", l."accuracy1_m",
               l."p_foot", l."p_vehicle", l."p_stationary", l."p_bicycle", l."mode", l."confidence", l."unit", l."resource_type",
               l."local_hour", l."local_weekday", l."geom"
        FROM ia_restricted.legs l
        WHERE l."officer_id" = look."officer_id" AND l."start" < look."last" AND l."start" > look."first" - interval '7 days' AND l."end" > look."first"
        ORDER BY l."start", l."fid";
END
$$;

CREATE FUNCTION ia_journeys.day_visits(run bigint) RETURNS TABLE ("area_id" text, "enter" timestamptz, "leave" timestamptz)
LANGUAGE plpgsql STABLE ROWS 50 SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    look record;
BEGIN
    PERFORM ia_restricted.look_asked(run, ARRAY['check of one officer-day']);
    SELECT k.* INTO look FROM ia_restricted.looks k WHERE k."run_id" = run;
    RETURN QUERY
        SELECT v."area_id", v."enter", v."leave" FROM ia_restricted.visits v
        WHERE v."officer_id" = look."officer_id" AND v."enter" < look."last" AND v."enter" > look."first" - interval '7 days' AND v."leave" > look."first"
        ORDER BY v."enter", v."fid";
END
$$;
GRANT EXECUTE ON FUNCTION ia_journeys.ask_visits, ia_journeys.ask_visit, ia_journeys.ask_check TO ia_inspector;
GRANT EXECUTE ON FUNCTION ia_journeys.visits, ia_journeys.reports, ia_journeys.leg_starts, ia_journeys.visit_legs, ia_journeys.day_visits TO ia_inspector;
RESET ROLE;
