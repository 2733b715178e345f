-- How often somebody has evaluated these data before, for a reader to judge what was looked for: a number, and not whose runs or when.
SET LOCAL ROLE ia_owner;

CREATE FUNCTION ia_records.times_done(kinds text[]) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT count(*) FROM ia_records.runs r WHERE r."what" = ANY(kinds) AND r."what" = ANY(ARRAY[
        'matchareas', 'baseline', 'displacement', 'presencecrime', 'callscrime', 'trial', 'technicalreport']) AND r."outcome" = 'done'
$$;
GRANT EXECUTE ON FUNCTION ia_records.times_done TO ia_analyst, ia_loader;
RESET ROLE;
