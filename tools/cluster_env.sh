#!/usr/bin/env bash
# What a cluster is given beside the plugin's zip: dist/cluster-env.tar.gz, the Python with the libraries of the method, packed so that
# it runs wherever it is unpacked (venv-pack). Make it on a machine like the cluster's nodes: same system, same Python (first argument).
set -euo pipefail
cd "$(dirname "$0")/.."
python=${1:-python3}
folder=build/environments/cluster
mkdir -p build dist
log=build/cluster_env.log
[ -x "$folder/bin/python" ] || "$python" -m venv --copies "$folder"
# Spark is the cluster's own: another one in the environment would stand in its way.
grep -v -i '^pyspark' requirements-spark.txt >build/requirements-cluster.txt
if ! "$folder/bin/python" -m pip install --quiet --disable-pip-version-check --no-input --retries 5 --timeout 30 \
    -r build/requirements-cluster.txt setuptools venv-pack </dev/null >"$log" 2>&1; then
    echo "clusterenv: the packages could not be installed for this Python ($log)" >&2
    exit 1
fi
"$folder/bin/venv-pack" --quiet --force --prefix "$folder" --output dist/cluster-env.tar.gz
echo "dist/cluster-env.tar.gz  $(du -h dist/cluster-env.tar.gz | cut -f1)"
