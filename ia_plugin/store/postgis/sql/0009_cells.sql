-- Cells by unit, department, role and resource type: they often tell one officer's time, so an inspector asks for them as for an
-- officer-day. The purpose is committed first; then they are seen for one hour, by that login.
SET LOCAL ROLE ia_owner;

CREATE FUNCTION ia_journeys.ask_cells(purpose text, in_words text, filters jsonb, version text) RETURNS timestamptz
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    the_end timestamptz := clock_timestamp() + interval '1 hour';
BEGIN
    IF purpose IS NULL OR length(in_words) > 200 OR length(filters::text) > 20000 THEN
        RAISE EXCEPTION 'a purpose is needed, in at most 200 letters beyond it';
    END IF;
    INSERT INTO ia_records.runs ("at", "who", "what", "version", "parameters", "inputs", "purpose", "audience", "outcome", "seconds", "until")
    VALUES (clock_timestamp(), session_user, 'look at cells by unit', version,
            jsonb_build_object('in words', in_words, 'filters', filters)::text, '{}', purpose, 'restricted', 'done', 0, the_end);
    RETURN the_end;
END
$$;

CREATE FUNCTION ia_restricted.may_see_cells() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM ia_records.runs r
        WHERE r."who" = session_user AND r."until" > clock_timestamp() AND r."officer_day" IS NULL
          AND r."what" = 'look at cells by unit' AND pg_xact_status(r."xid") = 'committed'
    )
$$;

-- The cells of some time, and those of the first hour of all, which tells since when there are data.
DO $$
DECLARE
    one text;
BEGIN
    FOREACH one IN ARRAY ARRAY['time_use_by_group', 'cover_by_group', 'visit_lengths_by_group', 'officers_seen'] LOOP
        EXECUTE format($f$
            CREATE FUNCTION ia_journeys.%1$I(first timestamptz, last timestamptz) RETURNS SETOF ia_restricted.%1$I
            LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
            BEGIN
                PERFORM ia_restricted.wait_for_disk();
                IF NOT ia_restricted.may_see_cells() THEN
                    RAISE EXCEPTION 'cells by unit are asked for first, with a purpose that is committed' USING ERRCODE = 'insufficient_privilege';
                END IF;
                RETURN QUERY SELECT c.* FROM ia_restricted.%1$I c
                WHERE (first IS NULL OR c."period" >= first) AND (last IS NULL OR c."period" < last)
                   OR c."period" = (SELECT min(t."period") FROM ia_restricted.time_use_by_group t)
                ORDER BY c."fid";
            END
            $body$ $f$, one);
        EXECUTE format('GRANT EXECUTE ON FUNCTION ia_journeys.%I TO ia_inspector', one);
    END LOOP;
END
$$;
GRANT EXECUTE ON FUNCTION ia_journeys.ask_cells TO ia_inspector;
RESET ROLE;
