#!/usr/bin/env bash
# Find a Python that imports QGIS, install QGIS and friends on Debian or Ubuntu when they are absent, and write the
# Python's path to the file named as the first argument. Safe to run again: nothing present is touched.
set -euo pipefail
answer=$1

imports_qgis() { [ -x "$1" ] && PYTHONNOUSERSITE=1 QT_QPA_PLATFORM=offscreen "$1" -c 'import qgis.core' >/dev/null 2>&1; }
installed() { dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q 'install ok installed'; }

if command -v apt-get >/dev/null 2>&1 && command -v dpkg-query >/dev/null 2>&1; then
    wanted=(xvfb xauth python3-venv python3-pip tzdata ca-certificates)
    # A QGIS built by hand counts too: the packages are wanted only where nothing answers.
    if ! imports_qgis /usr/bin/python3 || ! command -v qgis_process.bin >/dev/null 2>&1 && ! command -v qgis_process >/dev/null 2>&1; then
        wanted+=(qgis python3-qgis qgis-providers)
    fi
    missing=()
    for package in "${wanted[@]}"; do installed "$package" || missing+=("$package"); done
    if [ "${#missing[@]}" -gt 0 ]; then
        as_root=()
        if [ "$(id -u)" -ne 0 ]; then
            command -v sudo >/dev/null 2>&1 || {
                echo "setup: as root, run: apt-get install --no-install-recommends ${missing[*]}" >&2
                exit 1
            }
            as_root=(sudo)
        fi
        echo "setup: installing ${missing[*]}"
        "${as_root[@]}" apt-get update -q
        "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
            apt-get install -q -y --no-install-recommends "${missing[@]}" </dev/null
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
