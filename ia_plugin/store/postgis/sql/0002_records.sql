-- The record of runs, look-ups and exports: it is added to, and never changed (Data Protection Act 2018, section 62).
SET LOCAL ROLE ia_owner;

CREATE TABLE ia_records.settings (name text PRIMARY KEY, value text NOT NULL);
INSERT INTO ia_records.settings VALUES ('timezone', :'timezone'), ('srid', :'srid');
GRANT SELECT ON ia_records.settings TO ia_analyst, ia_loader;
GRANT INSERT, UPDATE, DELETE ON ia_records.settings TO ia_loader;

-- The force's list of purposes. "Performance of one officer" is not on it, and is not put on it.
CREATE TABLE ia_records.purposes (purpose text PRIMARY KEY);
INSERT INTO ia_records.purposes VALUES
    ('preparing aggregate analysis'),
    ('checking the quality of the data'),
    ('checking a figure against the source system'),
    ('answering a question on an area'),
    ('training');
GRANT SELECT ON ia_records.purposes TO ia_analyst, ia_loader, ia_auditor;

CREATE TABLE ia_records.runs (
    run_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    "at" timestamptz NOT NULL,
    "who" text NOT NULL,
    "what" text NOT NULL,
    "version" text NOT NULL,
    "parameters" text NOT NULL,
    "inputs" text NOT NULL,
    "rows_read" bigint,
    "rows_used" bigint,
    "dropped" text,
    "purpose" text REFERENCES ia_records.purposes,
    "audience" text,
    "outcome" text NOT NULL,
    "seconds" double precision NOT NULL,
    -- what was asked for, until when it may be seen, and in which transaction it was asked
    "officer_day" text,
    "until" timestamptz,
    "xid" xid8 NOT NULL DEFAULT pg_current_xact_id()
);
CREATE INDEX ON ia_records.runs ("who", "until") WHERE "until" IS NOT NULL;
GRANT SELECT ON ia_records.runs TO ia_auditor;

CREATE FUNCTION ia_records.only_add() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'the record of runs can only be added to';
END
$$;
CREATE TRIGGER no_change BEFORE UPDATE OR DELETE ON ia_records.runs FOR EACH ROW EXECUTE FUNCTION ia_records.only_add();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON ia_records.runs FOR EACH STATEMENT EXECUTE FUNCTION ia_records.only_add();

-- Whoever adds a run: `who` is the login of the session, and `at` the server's clock, whatever the program says.
CREATE FUNCTION ia_records.add_run(
    what text, version text, parameters text, inputs text, rows_read bigint, rows_used bigint, dropped text, purpose text,
    audience text, outcome text, seconds double precision
) RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO ia_records.runs ("at", "who", "what", "version", "parameters", "inputs", "rows_read", "rows_used", "dropped", "purpose", "audience", "outcome", "seconds")
    VALUES (clock_timestamp(), session_user, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING run_id
$$;
GRANT EXECUTE ON FUNCTION ia_records.add_run TO ia_analyst, ia_loader;
RESET ROLE;
