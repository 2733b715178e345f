-- By which locks writers take their turns, and who may hold them: an analyst who held the loader's would stop each night's refresh.
--
-- PostgreSQL lets everybody take any advisory lock. In this database the loader may, and a function for the rest, which takes those of
-- people's own words alone.
DO $$
DECLARE
    locks text := (
        SELECT string_agg(p.oid::regprocedure::text, ', ') FROM pg_proc p
        WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.proname ~ '^pg_(try_)?advisory_(xact_)?lock(_shared)?$'
    );
BEGIN
    EXECUTE 'REVOKE EXECUTE ON FUNCTION ' || locks || ' FROM PUBLIC';
    EXECUTE 'GRANT EXECUTE ON FUNCTION ' || locks || ' TO ia_owner, ia_loader';
END
$$;

SET LOCAL ROLE ia_owner;
CREATE FUNCTION ia_records.take_turn(place text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF place NOT IN ('notes', 'flags', 'figures', 'governance', 'trial_days') OR place IS NULL THEN
        RAISE EXCEPTION 'nobody adds to the table %', place;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('impact area: ' || place));
END
$$;
GRANT EXECUTE ON FUNCTION ia_records.take_turn TO ia_analyst, ia_loader;
RESET ROLE;
