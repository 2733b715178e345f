#!/usr/bin/env bash
# Make .venv on QGIS's Python (first argument) so that it sees QGIS, and fill it from the requirement files that follow.
# With --optional before the files each requirement is tried by itself, as a wheel, and one that cannot be had is named
# in a line: nothing is compiled, and what is there stays.
set -euo pipefail
cd "$(dirname "$0")/.."
python=$1
shift
optional=no
if [ "${1:-}" = --optional ]; then
    optional=yes
    shift
fi
log=build/pip.log
mkdir -p build

[ -x .venv/bin/python ] || "$python" -m venv --system-site-packages .venv

# What QGIS has loaded already must not come a second time.
"$python" - >build/constraints.txt <<'PYTHON'
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path


def system(name):
    """(version, major) of the system's package; ("", 0) where there is none or it does not say (Debian's may not)."""
    try:
        text = version(name)
    except PackageNotFoundError:
        return "", 0
    major = text.split(".")[0]
    return (text, int(major)) if major.isdigit() and int(major) else ("", 0)


print(Path("constraints.txt").read_text(encoding="utf-8"))
# The system's scipy and matplotlib are built against one major version of numpy; another one breaks them.
major = system("numpy")[1] or 2
print(f"numpy>={major},<{major + 1}")
# With numpy 1 stay at pandas 1.5, the oldest the plugin promises to run on.
print("pandas<2" if major < 2 else "pandas<3")
if major < 2:
    print("pyarrow<22")  # later ones want numpy 2
# Another pyproj brings another PROJ into QGIS's process: wrong positions, and a crash on the way out.
if system("pyproj")[0]:
    print(f"pyproj=={system('pyproj')[0]}")
if system("shapely")[1] >= 2:  # likewise with GEOS
    print(f"shapely=={system('shapely')[0]}")
PYTHON

# The system's pyproj looks for PROJ's data below the prefix of the Python that runs it: give .venv the same folder.
data=$("$python" -W ignore -c 'import pyproj; print(pyproj.datadir.get_data_dir())' 2>/dev/null || true)
if [ -f "$data/proj.db" ]; then
    mkdir -p .venv/share
    ln -sfn "$data" .venv/share/proj
fi

no_network() { grep -q -E 'NewConnectionError|NameResolutionError|ConnectTimeout|ReadTimeout|ProxyError|SSLError|Retrying \(' "$log"; }
network="the package index cannot be reached: look at the network and run make setup again; what has come is kept."
pip() { .venv/bin/python -m pip "$@" --quiet --disable-pip-version-check --no-input </dev/null >>"$log" 2>&1; }
install() { pip install --retries 5 --timeout 30 -c build/constraints.txt "$@"; }

: >"$log"
# Where the system has shapely 2 (1.8 has no shapely.lib), a second one would only hide it and bring a GEOS of its own:
# one from before the system had it, or one that pip fetches because Debian's does not say its version (forky).
keep_one_shapely() {
    if "$python" -c 'import shapely.lib' 2>/dev/null && compgen -G '.venv/lib/python3*/site-packages/shapely' >/dev/null; then
        pip uninstall -y shapely
    fi
}
trap keep_one_shapely EXIT

if [ "$optional" = yes ]; then
    absent=()
    for requirement in $(sed 's/#.*//' "$@"); do
        : >"$log"
        install --only-binary :all: "$requirement" && continue
        if no_network; then
            echo "setup: $network The tests that need $requirement are skipped." >&2
            exit 1
        fi
        absent+=("$requirement")
    done
    if [ "${#absent[@]}" -gt 0 ]; then
        echo "setup: no wheel of ${absent[*]} can be had for this Python; the tests that need it are skipped"
    fi
    exit 0
fi

requirements=()
for file in "$@"; do requirements+=(-r "$file"); done
install "${requirements[@]}" || { no_network && sleep 10 && install "${requirements[@]}"; } || {
    if no_network; then
        echo "setup: $network" >&2
    else
        grep '^ERROR' "$log" | head -n 3 >&2
        echo "setup: the packages of $* could not be installed; $log has all that pip said." >&2
    fi
    exit 1
}
