-- Ask, then look. An inspector asks for an officer-day with a purpose of the list; once that is committed, the views of
-- ia_journeys show its rows for one hour: to that login, and to no other.
--
-- Between the views and the tables stands a function that the planner cannot look into. A view or a policy alone would let
-- a condition of the reader's own run beside the rule, and EXPLAIN count what the rule took away: where an officer-day
-- was, without asking. Row-level security stands behind it all the same, forced on the owner too, so that a mistake
-- in a view shows nothing more.
SET LOCAL ROLE ia_owner;

-- Which officer and which hours an officer-day is. Its id is made with the force's key, which is not in the database.
CREATE TABLE ia_restricted.officer_days (
    "officer_day" text PRIMARY KEY,
    "officer_id" text NOT NULL,
    "starts" timestamptz NOT NULL,
    "ends" timestamptz NOT NULL
);
CREATE UNIQUE INDEX ON ia_restricted.officer_days ("officer_id", "starts");

CREATE FUNCTION ia_journeys.ask(officer_day text, purpose text, in_words text DEFAULT '') RETURNS timestamptz
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    the_end timestamptz := clock_timestamp() + interval '1 hour';
BEGIN
    IF purpose IS NULL OR officer_day IS NULL OR length(in_words) > 200 THEN
        RAISE EXCEPTION 'an officer-day and a purpose are needed, in at most 200 letters beyond it';
    END IF;
    INSERT INTO ia_records.runs ("at", "who", "what", "version", "parameters", "inputs", "purpose", "audience", "outcome", "seconds", "officer_day", "until")
    VALUES (clock_timestamp(), session_user, 'officer-day asked for', '', json_build_object('in words', in_words)::text, '{}', purpose, 'restricted', 'done', 0, officer_day, the_end);
    RETURN the_end;
END
$$;
GRANT EXECUTE ON FUNCTION ia_journeys.ask TO ia_inspector;

-- The officer-days this login may see now. What was asked in a transaction that is not committed is not among them: a
-- ROLLBACK would take the record away and leave what was seen.
CREATE FUNCTION ia_restricted.days_asked() RETURNS SETOF text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT r."officer_day" FROM ia_records.runs r
    WHERE r."who" = session_user AND r."until" > clock_timestamp() AND pg_xact_status(r."xid") = 'committed'
$$;

CREATE FUNCTION ia_restricted.may_see(officer text, moment timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM ia_restricted.officer_days d
        WHERE d."officer_id" = officer AND d."starts" <= moment AND moment < d."ends"
          AND d."officer_day" IN (SELECT ia_restricted.days_asked())
    )
$$;

-- A commit that does not wait for the disk (synchronous_commit = off) could be lost with the server after something was
-- seen: what was committed by now is on the disk once all that was written by now is, or after three rounds of the writer.
CREATE FUNCTION ia_restricted.wait_for_disk() RETURNS void LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    written pg_lsn;
    the_end timestamptz := clock_timestamp() + 4 * current_setting('wal_writer_delay')::interval;
BEGIN
    IF pg_is_in_recovery() THEN
        RETURN;
    END IF;
    written := pg_current_wal_insert_lsn();
    WHILE pg_current_wal_flush_lsn() < written AND clock_timestamp() < the_end LOOP
        PERFORM pg_sleep(0.02);
    END LOOP;
END
$$;

DO $$
DECLARE
    one text;
    moment text;
BEGIN
    FOREACH one IN ARRAY ARRAY['fixes', 'legs', 'gaps', 'visits'] LOOP
        moment := CASE one WHEN 'fixes' THEN 'time' WHEN 'visits' THEN 'enter' ELSE 'start' END;
        EXECUTE format('ALTER TABLE ia_restricted.%I ENABLE ROW LEVEL SECURITY', one);
        EXECUTE format('ALTER TABLE ia_restricted.%I FORCE ROW LEVEL SECURITY', one);
        EXECUTE format('CREATE POLICY asked ON ia_restricted.%I FOR SELECT TO ia_owner USING (ia_restricted.may_see("officer_id", %I))', one, moment);
        EXECUTE format('CREATE POLICY loads ON ia_restricted.%I TO ia_loader USING (true) WITH CHECK (true)', one);
    END LOOP;
END
$$;

CREATE FUNCTION ia_journeys.fixes_asked() RETURNS TABLE (
    "fid" bigint, "officer_day" text, "time" timestamptz, "accuracy_m" double precision, "speed_kmh" double precision,
    "heading_deg" double precision, "reason" text, "radio_kind" text, "geom" public.geometry(Point, :srid)
) LANGUAGE plpgsql STABLE ROWS 500 SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM ia_restricted.wait_for_disk();
    RETURN QUERY
        SELECT f."fid", d."officer_day", f."time", f."accuracy_m", f."speed_kmh", f."heading_deg", f."reason", f."radio_kind", f."geom"
        FROM ia_restricted.officer_days d JOIN ia_restricted.fixes f
          ON f."officer_id" = d."officer_id" AND f."time" >= d."starts" AND f."time" < d."ends"
        WHERE d."officer_day" IN (SELECT ia_restricted.days_asked()) ORDER BY d."officer_day", f."time", f."fid";
END
$$;

CREATE FUNCTION ia_journeys.legs_asked() RETURNS TABLE (
    "fid" bigint, "officer_day" text, "start" timestamptz, "end" timestamptz, "duration_s" double precision,
    "distance_m" double precision, "speed_kmh" double precision, "mode" text, "confidence" double precision,
    "geom" public.geometry(LineStringM, :srid)
) LANGUAGE plpgsql STABLE ROWS 500 SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM ia_restricted.wait_for_disk();
    RETURN QUERY
        SELECT l."fid", d."officer_day", l."start", l."end", l."duration_s", l."distance_m", l."speed_kmh", l."mode", l."confidence", l."geom"
        FROM ia_restricted.officer_days d JOIN ia_restricted.legs l
          ON l."officer_id" = d."officer_id" AND l."start" >= d."starts" AND l."start" < d."ends"
        WHERE d."officer_day" IN (SELECT ia_restricted.days_asked()) ORDER BY d."officer_day", l."start", l."fid";
END
$$;

-- Ordinary layers for QGIS: the key is "fid". What a function returns has lost the kind of its geometry; the cast says it.
CREATE VIEW ia_journeys.fixes AS
    SELECT "fid", "officer_day", "time", "accuracy_m", "speed_kmh", "heading_deg", "reason", "radio_kind",
           "geom"::public.geometry(Point, :srid) AS "geom"
    FROM ia_journeys.fixes_asked();
CREATE VIEW ia_journeys.legs AS
    SELECT "fid", "officer_day", "start", "end", "duration_s", "distance_m", "speed_kmh", "mode", "confidence",
           "geom"::public.geometry(LineStringM, :srid) AS "geom"
    FROM ia_journeys.legs_asked();
GRANT EXECUTE ON FUNCTION ia_journeys.fixes_asked, ia_journeys.legs_asked TO ia_inspector;
GRANT SELECT ON ia_journeys.fixes, ia_journeys.legs TO ia_inspector;
RESET ROLE;
