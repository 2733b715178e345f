-- Roles, schemas, and what everybody may do in this database. Run by a superuser.
--
--   ia_owner      owns all tables and functions; nobody logs in as it
--   ia_loader     takes extracts in and computes: the only role that reads and writes the movement of all officers
--   ia_analyst    reads what is added up
--   ia_inspector  an analyst who may ask for single officer-days, and then see them for an hour
--   ia_auditor    reads the record of who asked and ran what, and nothing else
--
-- The roles are groups: a person's own login is made a member, by GRANT ia_analyst TO ann. A login that several people
-- share makes the record worthless. Several stores on one server share the roles; CONNECT on each database divides them.
DO $$
DECLARE
    one text;
BEGIN
    FOREACH one IN ARRAY ARRAY['ia_owner', 'ia_loader', 'ia_analyst', 'ia_inspector', 'ia_auditor'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = one) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', one);
        END IF;
        IF EXISTS (SELECT FROM pg_roles WHERE rolname = one AND (rolcanlogin OR rolsuper OR rolbypassrls OR rolcreaterole OR rolreplication)) THEN
            RAISE EXCEPTION 'the role % can do more than it should: take LOGIN, SUPERUSER, BYPASSRLS, CREATEROLE and REPLICATION from it', one;
        END IF;
    END LOOP;
    IF EXISTS (
        SELECT FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid JOIN pg_roles r ON r.oid = m.member
        WHERE g.rolname = 'ia_owner' AND NOT r.rolsuper AND r.rolname <> session_user
    ) THEN
        RAISE EXCEPTION 'somebody is a member of ia_owner: whoever is can take every rule of this store away';
    END IF;
END
$$;
GRANT ia_analyst TO ia_inspector;

-- Nothing for those who have none of the roles; no tables of one's own, in which what was seen could be left for others.
DO $$
BEGIN
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO ia_loader, ia_analyst, ia_auditor', current_database());
    EXECUTE format('GRANT CREATE ON DATABASE %I TO ia_owner', current_database());
    EXECUTE format('ALTER DATABASE %I SET statement_timeout = %L', current_database(), '5min');
    EXECUTE format('ALTER DATABASE %I SET idle_in_transaction_session_timeout = %L', current_database(), '15min');
END
$$;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO ia_owner, ia_loader, ia_analyst, ia_auditor;

CREATE SCHEMA ia_summary AUTHORIZATION ia_owner;
CREATE SCHEMA ia_restricted AUTHORIZATION ia_owner;
CREATE SCHEMA ia_journeys AUTHORIZATION ia_owner;
CREATE SCHEMA ia_records AUTHORIZATION ia_owner;
GRANT USAGE ON SCHEMA ia_summary TO ia_analyst, ia_loader;
GRANT USAGE ON SCHEMA ia_restricted TO ia_loader;
GRANT USAGE ON SCHEMA ia_journeys TO ia_inspector;
GRANT USAGE ON SCHEMA ia_records TO ia_analyst, ia_loader, ia_auditor;
ALTER DEFAULT PRIVILEGES FOR ROLE ia_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

-- Doors beside the tables. PostGIS's functions of statistics read the planner's samples of any table, whoever asks:
-- in how many rows of a month's movement a small box is met. Large objects are room of one's own.
DO $$
DECLARE
    one regprocedure;
BEGIN
    FOR one IN
        SELECT p.oid::regprocedure FROM pg_proc p
        WHERE p.proname IN (
            '_postgis_stats', '_postgis_selectivity', '_postgis_join_selectivity', 'st_estimatedextent', 'st_findextent',
            'postgis_extensions_upgrade', 'lo_creat', 'lo_create', 'lo_from_bytea', 'lo_put', 'lo_open', 'lowrite', 'lo_import', 'lo_export'
        )
    LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', one);
    END LOOP;
END
$$;
DO $$
BEGIN
    IF has_function_privilege('ia_analyst', (
        SELECT p.oid FROM pg_proc p WHERE p.proname = '_postgis_selectivity' LIMIT 1), 'EXECUTE') THEN
        RAISE EXCEPTION 'statistics of single movement could be read: let a superuser run this, or revoke _postgis_selectivity from PUBLIC first';
    END IF;
END
$$;

-- Which of these files have run here.
CREATE TABLE ia_records.migrations (
    number integer PRIMARY KEY,
    name text NOT NULL,
    hash text NOT NULL,
    run_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    run_by text NOT NULL DEFAULT session_user
);
ALTER TABLE ia_records.migrations OWNER TO ia_owner;
GRANT SELECT ON ia_records.migrations TO ia_analyst, ia_loader, ia_auditor;
