-- Areas of an analyst's own, as whole blocks of the grid of the smallest ground: asked for on the record, computed by the loader, who alone
-- reads movement, and handed out as the summary is: all units together, and whether five officers or more were seen.
--
-- The loader looks at the blocks anew before it computes: those that with an area of the store would tell of small ground it refuses,
-- whatever client asked.
SET LOCAL ROLE ia_owner;

CREATE TABLE ia_restricted.own_areas (
    "side_m" double precision NOT NULL,
    "blocks" text NOT NULL,
    "asked_at" timestamptz NOT NULL,
    "computed_at" timestamptz,
    "refused" text,
    "tables" jsonb,
    PRIMARY KEY ("side_m", "blocks")
);
GRANT SELECT, INSERT, UPDATE, DELETE ON ia_restricted.own_areas TO ia_loader;

CREATE FUNCTION ia_records.ask_own_area(side_m double precision, blocks text, hectares double precision, version text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    number bigint;
BEGIN
    IF side_m IS NULL OR blocks IS NULL OR blocks !~ '^[-0-9:., ]+$' OR length(blocks) > 2000 OR length(version) > 50 THEN
        RAISE EXCEPTION 'the blocks of an area of one''s own are named in at most 2000 letters: ask for a smaller one';
    END IF;
    IF (SELECT count(*) FROM ia_records.runs r WHERE r."who" = session_user AND r."what" = 'own area' AND r."at" > clock_timestamp() - interval '1 day') >= 50 THEN
        RAISE EXCEPTION 'fifty areas of one''s own are computed a day';
    END IF;
    INSERT INTO ia_records.runs ("at", "who", "what", "version", "parameters", "inputs", "audience", "outcome", "seconds", "until")
    VALUES (clock_timestamp(), session_user, 'own area', version, jsonb_build_object('hectares', hectares, 'block_m', side_m, 'blocks', blocks)::text,
            '{}', 'board', 'done', 0, clock_timestamp() + interval '1 hour')
    RETURNING "run_id" INTO number;
    INSERT INTO ia_restricted.own_areas ("side_m", "blocks", "asked_at") VALUES (side_m, blocks, clock_timestamp())
    ON CONFLICT ON CONSTRAINT own_areas_pkey DO UPDATE SET "asked_at" = EXCLUDED."asked_at";
    RETURN number;
END
$$;

-- What a look-up that is committed asked for, as the last refresh computed it; nothing but the time it was asked where none has yet.
CREATE FUNCTION ia_records.own_area(run bigint) RETURNS TABLE ("computed_at" timestamptz, "refused" text, "tables" jsonb)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    asked jsonb := (ia_restricted.look_asked(run, ARRAY['own area']))."parameters"::jsonb;
BEGIN
    RETURN QUERY
        SELECT o."computed_at", o."refused", o."tables" FROM ia_restricted.own_areas o
        WHERE o."side_m" = (asked ->> 'block_m')::double precision AND o."blocks" = asked ->> 'blocks';
END
$$;
GRANT EXECUTE ON FUNCTION ia_records.ask_own_area, ia_records.own_area TO ia_analyst;
RESET ROLE;
