-- Each statement that reads movement, or a look at it, into the server's log: pgaudit in object mode, where it is installed and loaded.
--
-- It can be run again at any time, and is no numbered step: pgaudit may be installed long after the store was made. Its object mode
-- goes by what a role may read that nobody uses, ia_audited, or the one that pgaudit goes by already. What analysts read is not among it.
-- The rights that this role gets read nothing: it has no right to the schemas, and no rule for rows lets it see one.
CREATE EXTENSION IF NOT EXISTS pgaudit;
DO $$
DECLARE
    known text := nullif(current_setting('pgaudit.role', true), '');
    audited text := coalesce(known, 'ia_audited');
    one regclass;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = audited) THEN
        EXECUTE format('CREATE ROLE %I NOLOGIN', audited);
    END IF;
    IF audited = 'ia_audited' AND EXISTS (SELECT FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid WHERE g.rolname = audited) THEN
        RAISE EXCEPTION 'somebody is a member of ia_audited: it is for nobody';
    END IF;
    EXECUTE format('GRANT SELECT ON ia_journeys.fixes, ia_journeys.legs TO %I', audited);
    FOR one IN
        SELECT c.oid FROM pg_class c
        WHERE c.relnamespace = 'ia_restricted'::regnamespace AND c.relkind IN ('r', 'p')
          AND c.relname ~ '^(officer_days|(fixes|legs|tracks|gaps|visits)(_[0-9]{4}_[0-9]{2})?)$'
    LOOP
        EXECUTE format('GRANT SELECT ON %s TO %I', one, audited);
    END LOOP;
    -- Months that the loader will make.
    EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE ia_owner IN SCHEMA ia_restricted GRANT SELECT ON TABLES TO %I', audited);
    IF known IS NULL THEN
        EXECUTE format('ALTER DATABASE %I SET pgaudit.role = %L', current_database(), audited);
    END IF;
END
$$;
