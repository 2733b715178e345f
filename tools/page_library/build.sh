#!/usr/bin/env bash
# Build resources/page/vendor/ anew: the modules of D3 that entry.js names, in one minified file, with their licences and versions.
# Needs node and npm; versions and checksums are pinned in package.json and package-lock.json. To be run after a change of either.
set -euo pipefail
cd "$(dirname "$0")"
vendor=../../resources/page/vendor
npm ci --no-audit --no-fund --ignore-scripts --silent
mkdir -p "$vendor"
names=$(node -p 'Object.keys(require("./package.json").dependencies).join(" ")')
banner="/*! $(for name in $names; do node -p "'$name ' + require('./node_modules/$name/package.json').version"; done | paste -sd ',' | sed 's/,/, /g'), ISC licence: see LICENSES.txt. */"
node_modules/.bin/esbuild entry.js --bundle --minify --format=iife --global-name=d3 --target=es2020 --charset=utf8 \
    --legal-comments=none --banner:js="$banner" --outfile="$vendor/d3.js" --log-level=warning
node licences.js >"$vendor/LICENSES.txt"
node versions.js >"$vendor/VERSION.json"
