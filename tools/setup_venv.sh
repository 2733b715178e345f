#!/usr/bin/env bash
# Make .venv on QGIS's Python (first argument) so that it sees QGIS, and fill it from the requirement files that follow.
set -euo pipefail
cd "$(dirname "$0")/.."
python=$1
shift

[ -x .venv/bin/python ] || "$python" -m venv --system-site-packages .venv

# The system's scipy and matplotlib are built against one major version of numpy; another one breaks them.
# With numpy 1 stay at pandas 1.5, the oldest the plugin promises to run on.
mkdir -p build
cp constraints.txt build/constraints.txt
"$python" - >>build/constraints.txt <<'PYTHON'
try:
    import numpy
    major = int(numpy.__version__.split(".")[0])
except ImportError:
    major = 2
print(f"numpy>={major},<{major + 1}")
print("pandas<2" if major < 2 else "pandas<3")
if major < 2:
    print("pyarrow<22")  # later ones want numpy 2
try:
    import pyproj
    # Another pyproj brings another PROJ into QGIS's process: wrong positions, and a crash on the way out.
    print(f"pyproj=={pyproj.__version__}")
except ImportError:
    pass
PYTHON

requirements=()
for file in "$@"; do requirements+=(-r "$file"); done
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --retries 2 --timeout 30 \
    -c build/constraints.txt "${requirements[@]}" </dev/null
