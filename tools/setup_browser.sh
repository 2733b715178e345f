#!/usr/bin/env bash
# A browser for the tests of the pages: Debian's Chromium; and axe-core, which looks for what keeps a reader out, where npm is.
# Where one cannot be had a line says so, and the tests that need it are skipped.
set -euo pipefail
mkdir -p build
axe=build/axe/node_modules/axe-core/axe.min.js

bring_axe() {
    if [ -f "$axe" ]; then return; fi
    if ! command -v npm >/dev/null 2>&1; then
        echo "browser: no npm here, so no axe-core looks at the pages"
        return
    fi
    version=$(node -p 'require("./tools/page_library/package.json").devDependencies["axe-core"]')
    npm install --prefix build/axe --no-save --no-audit --no-fund --ignore-scripts --silent "axe-core@$version" </dev/null >>build/browser.log 2>&1 ||
        echo "browser: axe-core could not be installed (build/browser.log), so it does not look at the pages"
}

bring_axe
for name in chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null 2>&1; then exit 0; fi
done
if ! command -v apt-get >/dev/null 2>&1; then
    echo "browser: no Chromium here, so the pages are not opened in one"
    exit 1
fi
run=(env DEBIAN_FRONTEND=noninteractive)
if [ "$(id -u)" -ne 0 ]; then run=(sudo -n "${run[@]}"); fi
{
    "${run[@]}" apt-get -q -o Acquire::Retries=3 update &&
        "${run[@]}" apt-get -q -o Acquire::Retries=3 install -y --no-install-recommends chromium fonts-dejavu-core
} </dev/null >>build/browser.log 2>&1 || {
    echo "browser: Chromium could not be installed (build/browser.log), so the pages are not opened in one"
    exit 1
}
