#!/usr/bin/env bash
# Spark for the tests of the cluster: a Java of Debian's, and pip's pyspark in build/environments/spark, made on QGIS's Python
# (first argument). Where one cannot be had a line says so, and the tests that need it are skipped.
set -euo pipefail
cd "$(dirname "$0")/.."
python=$1
folder=build/environments/spark
log=build/spark.log
mkdir -p build
: >"$log"

if ! command -v java >/dev/null 2>&1; then
    if ! command -v apt-get >/dev/null 2>&1; then
        echo "spark: no Java here, so nothing runs on a cluster"
        exit 1
    fi
    run=(env DEBIAN_FRONTEND=noninteractive)
    if [ "$(id -u)" -ne 0 ]; then run=(sudo -n "${run[@]}"); fi
    # Spark 3.5 runs on Java 8, 11 and 17; Debian 13 has 21, which serves as well.
    for version in 17 21; do
        { "${run[@]}" apt-get -q -o Acquire::Retries=3 update &&
            "${run[@]}" apt-get -q -o Acquire::Retries=3 install -y --no-install-recommends "openjdk-$version-jre-headless"
        } </dev/null >>"$log" 2>&1 && break
    done
    if ! command -v java >/dev/null 2>&1; then
        echo "spark: Java could not be installed ($log), so nothing runs on a cluster"
        exit 1
    fi
fi

[ -x "$folder/bin/python" ] || "$python" -m venv "$folder"
if ! "$folder/bin/python" -m pip install --quiet --disable-pip-version-check --no-input --retries 5 --timeout 30 \
    -r requirements-spark.txt </dev/null >>"$log" 2>&1; then
    echo "spark: pyspark could not be installed for this Python ($log), so nothing runs on a cluster"
    exit 1
fi
