#!/usr/bin/env bash
# A PostgreSQL with PostGIS for the tests of the shared store: Debian's. Its own server is neither made nor started: the
# tests start one of theirs, which they throw away. Where it cannot be had a line says so, and those tests are skipped.
set -euo pipefail
mkdir -p build
without="so the shared store is not tested"

has_postgis() {
    local initdb version
    for initdb in /usr/lib/postgresql/*/bin/initdb; do
        version=$(basename "$(dirname "$(dirname "$initdb")")")
        if [ -x "$initdb" ] && [ -f "/usr/share/postgresql/$version/extension/postgis.control" ]; then return 0; fi
    done
    return 1
}

if has_postgis; then exit 0; fi
if ! command -v apt-get >/dev/null 2>&1; then
    echo "postgis: no PostgreSQL with PostGIS here, $without"
    exit 1
fi
as_root=()
if [ "$(id -u)" -ne 0 ]; then as_root=(sudo -n); fi
apt() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o Acquire::Retries=3 "$@"; }

# Debian's package makes a cluster and starts it, unless postgresql-common is asked not to.
asked=/etc/postgresql-common/createcluster.d/impact-area-tests.conf
{
    apt update && apt install -y --no-install-recommends postgresql-common &&
        "${as_root[@]}" mkdir -p "$(dirname "$asked")" && # not there where the package was installed without it
        echo 'create_main_cluster = false' | "${as_root[@]}" tee "$asked" &&
        apt install -y --no-install-recommends postgresql-postgis &&
        { apt install -y --no-install-recommends "$(dpkg-query -W -f '${Package}\n' 'postgresql-[0-9]*' | grep -m1 -E '^postgresql-[0-9]+$')-pgaudit" || true; }
} </dev/null >>build/postgis.log 2>&1 || true
"${as_root[@]}" rm -f "$asked" 2>/dev/null || true
if ! has_postgis; then
    echo "postgis: PostgreSQL with PostGIS could not be installed (build/postgis.log), $without"
    exit 1
fi
