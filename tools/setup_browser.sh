#!/usr/bin/env bash
# A browser for the tests of the pages: Debian's Chromium. Where it cannot be had one line says so, and these tests are skipped.
set -euo pipefail
for name in chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null 2>&1; then exit 0; fi
done
if ! command -v apt-get >/dev/null 2>&1; then
    echo "browser: no Chromium here, so the pages are not opened in one"
    exit 1
fi
run=(env DEBIAN_FRONTEND=noninteractive)
if [ "$(id -u)" -ne 0 ]; then run=(sudo -n "${run[@]}"); fi
mkdir -p build
{
    "${run[@]}" apt-get -q -o Acquire::Retries=3 update &&
        "${run[@]}" apt-get -q -o Acquire::Retries=3 install -y --no-install-recommends chromium fonts-dejavu-core
} </dev/null >>build/browser.log 2>&1 || {
    echo "browser: Chromium could not be installed (build/browser.log), so the pages are not opened in one"
    exit 1
}
