'use strict';
/* What the cube (ia_plugin/core/inspector_page/cube.py) says, as the engine asks it: days as numbers since 1970, rows by label. */
(function (page) {
  let [of, made] = [null, null];

  /** The facts and arrays of the page that is loaded, made ready once. */
  function data() {
    if (of !== page.facts) {
      made = ready(page.facts, page.arrays);
      of = page.facts;
      page.forget();
    }
    return made;
  }

  function day(iso) {
    return iso ? page.day_of(iso) : null;
  }

  function ready(facts, arrays) {
    const base = page.day_of(facts.base);
    const numbered = (number, nothing) => (number === null ? nothing : base + number);
    return {
      arrays,
      by_day: new Map(), // of arrays, see day_sums
      coarse: null, // see coarse_cells
      cells_by_row: null, // see there
      moments: Int32Array.from(arrays.moment_day.keys()), // all of them, as places in the arrays
      base,
      day_count: facts.days,
      moment_day: arrays.moment_day,
      moment_hour: arrays.moment_hour,
      totals: arrays.moment_hour.reduce((n, h) => n + (h === page.WHOLE_DAY), 0),
      total_hours: facts.total_hours,
      rows: facts.rows,
      row_of: new Map(facts.rows.map((label, row) => [label, row])),
      area_count: facts.area_count,
      timezone: facts.timezone,
      odd_days: Object.entries(facts.odd_days).map(([number, hours]) => [Number(number), hours]),
      first_day: day(facts.data_days.first),
      last_day: day(facts.data_days.last),
      hours_until: day(facts.hours_until),
      as_of: facts.as_of || '',
      names: Object.fromEntries(facts.areas.map((a) => [a.id, a.name])),
      areas: facts.areas.map((a) => ({ ...a, begin: numbered(a.valid_from, -Infinity), end: numbered(a.valid_to, Infinity) })),
      roles: facts.roles,
      spans: facts.ground.map((s) => ({ begin: numbered(s.first, -Infinity), end: numbered(s.last, Infinity), km2: s.km2 })),
      time_begin: facts.time.first_hour ? day(facts.time.first) + 1 : day(facts.time.first),
      time_first: day(facts.time.first),
      time_last: day(facts.time.last),
      has_cover: !facts.without.includes('cover'),
      any_cover: !facts.without.includes('cover') && arrays.cover_officers.some((n) => n > 0),
      has_visits: !facts.without.includes('visits'),
      has_bicycle: facts.bicycle,
      spread: facts.share_spread,
      t95: facts.t95,
      ...of_events(facts, arrays, base),
      ...of_groups(facts),
      caveats: facts.caveats,
      overlapping: facts.overlapping > 0,
      notes: facts.notes.map((n) => ({ ...n, from: n.from[1] + 24 * (base + n.from[0]), to: n.to[1] + 24 * (base + n.to[0]),
        day: base + n.day, last_day: base + n.last_day })),
    };
  }

  function of_events(facts, arrays, base) {
    const whats = facts.event_whats;
    const bits = (text) => Array.from(text, (c) => c === '1');
    const records = {};
    for (const [kind, by_fine] of Object.entries(facts.records)) {
      records[kind] = {};
      for (const [fine, found] of Object.entries(by_fine)) {
        records[kind][fine] = { covered: bits(found.covered), begin: bits(found.begin), first: found.first ? base + found.first[0] : null,
          first_hour: found.first ? found.first[1] : null };
      }
    }
    const delays = {};
    for (const [what, d] of Object.entries(facts.delays)) {
      delays[what] = { days: d.days, known: d.known, filled_to: day(d.filled_to), last_record: day(d.last_record) };
    }
    return {
      whats,
      records,
      delays,
      kinds: new Set(whats.map((w) => w.kind)),
      sensitive: new Set(facts.sensitive.categories),
      sensitive_kinds: new Set(whats.filter((w) => w.sensitive).map((w) => w.kind)),
      weeks_until: day(facts.sensitive.weeks_until),
    };
  }

  function of_groups(facts) {
    const table = facts.groups;
    if (!table) return { groups: null, closed_months: [] };
    const rows = table.month.map((month, i) => ({
      month: page.day_of(month), dimension: table.dimension[i], value: table.value[i], row: table.row[i], weekday: table.weekday[i],
      first_hour: table.first_hour[i], hours: table.hours[i], officer_seconds: table.officer_seconds[i], variance: table.variance[i],
      systematic: table.systematic[i],
    }));
    const months = [...new Set(rows.map((r) => r.month))].sort((a, b) => a - b);
    return { groups: rows, closed_months: months.map((first) => [first, page.first_of_month(first, 1) - 1]) };
  }

  Object.assign(page, { data });
})((window.page = window.page || {}));
