'use strict';
/* The code of a figure, which holds the filter: what ia_plugin/core/figure_code.py reads. */
(function (page) {
  const EMPTY = { areas: [], hour_from: 0, hour_to: 24, weekdays: [0, 1, 2, 3, 4, 5, 6], units: [], resources: [], departments: [],
    officer_roles: [], modes: [], kinds: [], categories: [], key_types: [], timezone: 'Europe/London' };
  const FORM = 1;

  /** Bytes as one block of deflate that is stored as it stands (RFC 1951): no packer is needed to make it, and any reads it. */
  function stored(bytes) {
    const n = bytes.length;
    return Uint8Array.from([1, n & 255, n >> 8, ~n & 255, (~n >> 8) & 255, ...bytes]);
  }

  /** "IA1.….1A2B3C4D": opens the figure in QGIS, where it is pasted. */
  function figure_code(state, comparison = 'before') {
    const written = Object.entries(page.as_dict(state)).filter(([name, value]) => page.python_json(value) !== page.python_json(EMPTY[name] ?? null));
    const facts = { filter: Object.fromEntries(written), number: page.figure_number(state, comparison) };
    if (comparison !== 'before') facts.comparison = comparison;
    if (page.data().as_of) facts.as_of = page.data().as_of;
    const payload = page.base32(stored(new TextEncoder().encode(page.python_json(facts, ',', ':'))));
    return `IA${FORM}.${payload}.${page.sha256(`figure ${FORM}.${payload}`).slice(0, 8).toUpperCase()}`;
  }

  Object.assign(page, { figure_code });
})((window.page = window.page || {}));
