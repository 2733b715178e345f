-- What people add to the summary: notes, flags, figures that were handed out, the card of who answers for the store.
-- Rows are added, superseded by others, and never changed or removed: by nobody who logs in.
--
-- An analyst adds through ia_records.add_to, which writes the row and the line of the record of runs in one; the clock is
-- the server's. The text is looked at for names of persons by the plugin before; here it is kept short.
SET LOCAL ROLE ia_owner;

REVOKE UPDATE, DELETE ON ia_summary.notes, ia_summary.flags, ia_summary.figures, ia_summary.governance, ia_summary.trial_days FROM ia_loader;
DO $$
DECLARE
    one text;
BEGIN
    FOREACH one IN ARRAY ARRAY['notes', 'flags', 'figures', 'governance', 'trial_days'] LOOP
        EXECUTE format('CREATE TRIGGER no_change BEFORE UPDATE OR DELETE ON ia_summary.%I FOR EACH ROW EXECUTE FUNCTION ia_records.only_add()', one);
        EXECUTE format('CREATE TRIGGER no_truncate BEFORE TRUNCATE ON ia_summary.%I FOR EACH STATEMENT EXECUTE FUNCTION ia_records.only_add()', one);
    END LOOP;
END
$$;
CREATE OR REPLACE FUNCTION ia_records.only_add() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_TABLE_NAME = 'runs' THEN
        RAISE EXCEPTION 'the record of runs can only be added to';
    END IF;
    RAISE EXCEPTION 'the table of % can only be added to', TG_TABLE_NAME;
END
$$;
-- Of two who answer at once the second is refused.
CREATE UNIQUE INDEX ON ia_summary.notes ("supersedes");
CREATE UNIQUE INDEX ON ia_summary.flags ("supersedes");

CREATE FUNCTION ia_records.add_to(place text, entry jsonb, what text, version text, parameters text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    columns text;
BEGIN
    IF place NOT IN ('notes', 'flags', 'figures', 'governance') THEN
        RAISE EXCEPTION 'nobody adds to the table %', place;
    END IF;
    IF place = 'governance' AND NOT pg_has_role(session_user, 'ia_loader', 'MEMBER') THEN
        RAISE EXCEPTION 'the card of the store is kept by who loads it' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF length(entry::text) > 1000000 OR (place IN ('notes', 'flags') AND length(entry ->> 'text') > 2000) THEN
        RAISE EXCEPTION 'the entry is too long';
    END IF;
    entry := entry || jsonb_build_object(CASE place WHEN 'figures' THEN 'registered_at' ELSE 'recorded_at' END, clock_timestamp());
    SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) INTO columns FROM pg_attribute
    WHERE attrelid = ('ia_summary.' || quote_ident(place))::regclass AND attnum > 0 AND NOT attisdropped AND attname <> 'fid';
    EXECUTE format('INSERT INTO ia_summary.%I (%s) SELECT %s FROM jsonb_populate_record(NULL::ia_summary.%I, $1)', place, columns, columns, place)
    USING entry;
    INSERT INTO ia_records.runs ("at", "who", "what", "version", "parameters", "inputs", "audience", "outcome", "seconds")
    VALUES (clock_timestamp(), session_user, what, version, parameters, '{}', 'restricted', 'done', 0);
END
$$;
GRANT EXECUTE ON FUNCTION ia_records.add_to TO ia_analyst, ia_loader;

-- The store's own id, which figures bear.
INSERT INTO ia_records.settings VALUES ('store', replace(gen_random_uuid()::text, '-', ''));
RESET ROLE;
