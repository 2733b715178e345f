#!/usr/bin/env bash
# Find a Python that imports QGIS, install QGIS and friends on Debian or Ubuntu when they are absent, and write the
# Python's path to the file named as the first argument. Safe to run again: nothing present is touched.
set -euo pipefail
answer=$1

imports_qgis() { [ -x "$1" ] && PYTHONNOUSERSITE=1 QT_QPA_PLATFORM=offscreen "$1" -c 'import qgis.core' >/dev/null 2>&1; }
installed() { dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q 'install ok installed'; }
candidate() { LC_ALL=C apt-cache policy "$1" 2>/dev/null | awk '/Candidate:/ && $2 != "(none)" { print $2 }'; }

# From 3.40 on QGIS imports shapely by itself, before the plugin can say how: only the system's own shapely is then sure
# to call the GEOS that QGIS has loaded. Debian 12's is 1.8, too old: there tools/setup_venv.sh brings another.
shapely_serves() {
    local version
    version=$(candidate python3-shapely)
    [ -n "$version" ] && dpkg --compare-versions "$version" ge 2.0
}

find_missing() {
    local wanted=(xvfb xauth python3-venv python3-pip tzdata ca-certificates) package
    # A QGIS built by hand counts too: the packages are wanted only where nothing answers.
    if ! imports_qgis /usr/bin/python3 || ! command -v qgis_process.bin >/dev/null 2>&1 && ! command -v qgis_process >/dev/null 2>&1; then
        wanted+=(qgis python3-qgis qgis-providers)
    fi
    if shapely_serves; then wanted+=(python3-shapely); fi
    missing=()
    for package in "${wanted[@]}"; do installed "$package" || missing+=("$package"); done
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1; then
        sudo "$@"
    else
        echo "setup: as root, run: apt-get install --no-install-recommends ${missing[*]}" >&2
        exit 1
    fi
}

# apt-get itself asks three times for each file; what it has fetched stays for the next run.
apt() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o Acquire::Retries=3 "$@" </dev/null || {
        echo "setup: apt-get $1 did not succeed, for the reason above; if it was the network, run make setup again." >&2
        exit 1
    }
}

if command -v apt-get >/dev/null 2>&1 && command -v dpkg-query >/dev/null 2>&1; then
    find_missing
    if [ "${#missing[@]}" -gt 0 ] || [ -z "$(candidate python3-shapely)" ] && ! installed python3-shapely; then
        apt update
        find_missing
    fi
    if [ "${#missing[@]}" -gt 0 ]; then
        echo "setup: installing ${missing[*]}"
        apt install -y --no-install-recommends "${missing[@]}"
    fi
fi

# The python3 on the PATH may be another interpreter that cannot import QGIS, so it comes last.
for python in "${QGIS_PYTHON:-}" /usr/bin/python3 /Applications/QGIS*.app/Contents/MacOS/bin/python3 \
    "$(command -v python3 || true)"; do
    if [ -n "$python" ] && imports_qgis "$python"; then
        mkdir -p "$(dirname "$answer")"
        echo "$python" >"$answer"
        exit 0
    fi
done
echo "setup: no Python here imports QGIS: install QGIS 3.22 or newer (https://qgis.org/download) and run" \
    "make setup QGIS_PYTHON=/path/to/the/python/of/qgis" >&2
exit 1
