-- Months of movement, which the loader opens and fills, and its rights to the other restricted tables.
SET LOCAL ROLE ia_owner;

-- The table of a month of movement. One that is not there is made apart, so that rows come in before its indexes are
-- made; ia_restricted.close_month joins it, in the same transaction. It has no rules for rows of its own: only the loader may touch it.
CREATE FUNCTION ia_restricted.open_month(parent text, month timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    made text := parent || to_char(month AT TIME ZONE 'UTC', '"_"YYYY"_"MM');
BEGIN
    IF parent NOT IN ('fixes', 'legs', 'tracks', 'gaps', 'visits') THEN
        RAISE EXCEPTION 'no table of months: %', parent;
    END IF;
    IF to_regclass('ia_restricted.' || quote_ident(made)) IS NULL THEN
        EXECUTE format('CREATE TABLE ia_restricted.%I (LIKE ia_restricted.%I INCLUDING DEFAULTS INCLUDING STORAGE)', made, parent);
        EXECUTE format('ALTER TABLE ia_restricted.%I SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02)', made);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ia_restricted.%I TO ia_loader', made);
    END IF;
    RETURN made;
END
$$;

-- A force's day sorts in memory: on the disk its indexes take twice as long.
CREATE FUNCTION ia_restricted.close_month(parent text, month timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET maintenance_work_mem = '512MB' AS $$
DECLARE
    made text := ia_restricted.open_month(parent, month);
    first timestamp := date_trunc('month', month AT TIME ZONE 'UTC');
BEGIN
    IF EXISTS (SELECT FROM pg_inherits WHERE inhrelid = to_regclass('ia_restricted.' || quote_ident(made))) THEN
        RETURN;
    END IF;
    EXECUTE format('ALTER TABLE ia_restricted.%I ATTACH PARTITION ia_restricted.%I FOR VALUES FROM (%L) TO (%L)',
        parent, made, first::text || '+00', (first + interval '1 month')::text || '+00');
END
$$;

-- Movement before a moment, of whole months dropped and of the month it stands in removed: how many rows of each table.
CREATE FUNCTION ia_restricted.remove_before(moment timestamptz) RETURNS TABLE ("parent" text, "removed" bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    part record;
    counted bigint;
BEGIN
    FOR part IN
        SELECT p.relname AS parent, c.relname AS child,
               (regexp_match(pg_get_expr(c.relpartbound, c.oid), 'TO \(''([^'']+)''\)'))[1]::timestamptz AS ends
        FROM pg_inherits i JOIN pg_class p ON p.oid = i.inhparent JOIN pg_class c ON c.oid = i.inhrelid
        WHERE p.relnamespace = 'ia_restricted'::regnamespace AND p.relkind = 'p' ORDER BY 1, 2
    LOOP
        IF part.ends <= moment THEN
            EXECUTE format('SELECT count(*) FROM ia_restricted.%I', part.child) INTO counted;
            EXECUTE format('DROP TABLE ia_restricted.%I', part.child);
        ELSE
            EXECUTE format('DELETE FROM ia_restricted.%I WHERE %I < $1', part.child,
                CASE part.parent WHEN 'fixes' THEN 'time' WHEN 'visits' THEN 'enter' ELSE 'start' END) USING moment;
            GET DIAGNOSTICS counted = ROW_COUNT;
        END IF;
        IF counted > 0 THEN
            "parent" := part.parent;
            "removed" := counted;
            RETURN NEXT;
        END IF;
    END LOOP;
    DELETE FROM ia_restricted.officer_days WHERE "ends" <= moment;
END
$$;

CREATE TABLE ia_restricted.dirty_days ("day" text PRIMARY KEY);
CREATE UNIQUE INDEX ON ia_restricted.sources ("hash");
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ia_restricted TO ia_loader;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA ia_restricted TO ia_loader;
GRANT EXECUTE ON FUNCTION ia_restricted.open_month, ia_restricted.close_month, ia_restricted.remove_before TO ia_loader;
RESET ROLE;
