'use strict';
/* Crimes, incidents and searches under a filter: kept_events of material/kept.py, the events of material/measures.py. */
(function (page) {
  const { phrase } = page;
  const NO_DATA = phrase("no data in this period");
  const NO_RECORDS = phrase("no such records");
  const FILTERED_OUT = phrase("filtered out");
  const WEEKS_ALONE = phrase("sexual and domestic offences are counted in whole closed weeks alone");
  const TOO_COARSE = phrase("the records tell only the day or month, and this filter asks for more");

  /** Whether a filter keeps records of a sort, their time and kind aside. */
  function is_kept(state, what) {
    return (!state.categories.length || state.categories.includes(what.category))
      && (!state.key_types.length || state.key_types.includes(what.key_type));
  }

  /** Which sorts of records a filter keeps, by their number. */
  function whats_kept(state, kinds, fine = state.precisions) {
    return page.data().whats.map((what) => kinds.includes(what.kind) && fine.includes(what.precision) && is_kept(state, what)
      && (!state.kinds.length || state.kinds.includes(what.kind)));
  }

  function key_of(state) {
    return [state.when, state.kinds, state.categories, state.key_types, state.sensitive].join('|');
  }

  /** The cells of each row, by day: their places in the arrays, those of row r from `begin[r]` on. Made when first asked. */
  function cells_by_row() {
    const data = page.data();
    if (!data.cells_by_row) {
      const { event_row: row, event_day: days } = data.arrays;
      const begin = new Int32Array(data.rows.length + 1);
      for (let i = 0; i < row.length; i += 1) begin[row[i] + 1] += 1;
      for (let r = 0; r < data.rows.length; r += 1) begin[r + 1] += begin[r];
      const [next, at] = [begin.slice(), new Int32Array(row.length)];
      for (let i = 0; i < row.length; i += 1) {
        at[next[row[i]]] = i;
        next[row[i]] += 1;
      }
      data.cells_by_row = { begin, at, days: Int32Array.from(at, (i) => days[i]) };
    }
    return data.cells_by_row;
  }

  /** The cells (their places in the arrays) of a row in the time that a filter keeps, whatever they are of. */
  function cells_kept(state, row) {
    return page.once(state.when, `cells ${row}`, () => {
      const { base, arrays } = page.data();
      const { begin, at, days } = cells_by_row();
      const own = days.subarray(begin[row], begin[row + 1]);
      const [from, to] = [edge(own, state.first - base), edge(own, state.last - base + (state.wraps ? 2 : 1))];
      return page.among_kept(state, arrays.event_day, arrays.event_hour, at.subarray(begin[row] + from, begin[row] + to));
    });
  }

  /** The first place in a sorted array that is no less than a value. */
  function edge(sorted, value) {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle] < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Sums of the records of each kind in a row: expected (shared over their windows), found and known (searches with a result). */
  function event_sums(state, row) {
    return page.once(key_of(state), `events ${row}`, () => {
      const { event_what: what, event_expected: expected, event_known: known, event_found: hits } = page.data().arrays;
      const kinds = Object.values(page.KIND_OF);
      const sums = new Float64Array(3 * kinds.length); // numbers as such: in objects each sum would be made anew
      const places = places_kept(state, kinds);
      for (const i of cells_kept(state, row)) {
        const at = places[what[i]];
        if (at < 0) continue;
        sums[at] += expected[i];
        sums[at + 1] += known[i];
        sums[at + 2] += hits[i];
      }
      const sensitive = (kind) => (state.sensitive ? sensitive_sums(state)[kind][row] : 0);
      return Object.fromEntries(kinds.map((kind, k) => [kind, { expected: sums[3 * k] + sensitive(kind), known: sums[3 * k + 1], found: sums[3 * k + 2] }]));
    });
  }

  /** Where the sums of each sort of records begin, by its kind; -1 of those that a filter leaves out. */
  function places_kept(state, kinds) {
    return page.once(key_of(state), 'places', () => {
      const { whats } = page.data();
      return Int8Array.from(whats_kept(state, kinds), (kept, i) => (kept ? 3 * kinds.indexOf(whats[i].kind) : -1));
    });
  }

  function sensitive_sums(state) {
    return page.once(key_of(state), 'sensitive', () => Object.fromEntries(Object.values(page.KIND_OF).map((kind) => {
      const sums = new Float64Array(page.data().rows.length);
      add_sensitive(state, kind, sums);
      return [kind, sums];
    })));
  }

  /** Sensitive categories, of which the closed weeks of a period are told. */
  function add_sensitive(state, kind, sums) {
    const { arrays, base } = page.data();
    const wanted = whats_kept(state, [kind]);
    for (let i = 0; i < arrays.sensitive_what.length; i += 1) {
      const monday = base + arrays.sensitive_week[i];
      if (wanted[arrays.sensitive_what[i]] && monday >= state.first && monday + 6 <= state.last) {
        sums[arrays.sensitive_row[i]] += arrays.sensitive_expected[i];
      }
    }
  }

  /** How many records of sensitive categories lie in the closed weeks that a period touches, in a place. */
  function sensitive_count(state, place) {
    const { arrays, base, whats } = page.data();
    const rows = new Set(page.rows_at(place.rows));
    let count = 0;
    for (let i = 0; i < arrays.sensitive_what.length; i += 1) {
      const [monday, what] = [base + arrays.sensitive_week[i], whats[arrays.sensitive_what[i]]];
      const kept = is_kept(state, what) && (!state.kinds.length || state.kinds.includes(what.kind));
      if (kept && rows.has(arrays.sensitive_row[i]) && monday <= state.last && monday + 6 >= state.first) count += arrays.sensitive_count[i];
    }
    return count;
  }

  /** That sensitive categories are not counted in a period, and how many of them the closed weeks that it touches have. */
  function of_closed_weeks(state) {
    const n = sensitive_count(state, page.chosen_place(state));
    if (!n) return phrase("Sexual and domestic offences are counted in whole closed weeks alone, not in this period.");
    return page.say("Sexual and domestic offences are counted in whole closed weeks alone, not in this period: {records} in the weeks it touches.",
      { records: page.count_of(n, 'records') });
  }

  /** Whether a filter keeps of a kind nothing but sensitive categories, which no day or hour is told of. */
  function of_weeks_alone(state, kind) {
    const { sensitive, sensitive_kinds } = page.data();
    return state.categories.length > 0 && state.categories.every((c) => sensitive.has(c)) && sensitive_kinds.has(kind);
  }

  /** Whether the data has any record, at whatever time, of a kind and of the categories and key types that a filter keeps. */
  function any_such(state, kind) {
    return page.data().whats.some((what) => what.kind === kind && is_kept(state, what));
  }

  /** Why nothing is known of the records of a kind under a filter; blank where something is. */
  function why_no_events(state, kind) {
    if (!any_such(state, kind)) return NO_RECORDS;
    if (state.kinds.length && !state.kinds.includes(kind)) return FILTERED_OUT;
    if (!state.sensitive && of_weeks_alone(state, kind)) return WEEKS_ALONE;
    if (page.any_events(state, kind)) return '';
    return page.any_coarse(state, kind) ? TOO_COARSE : NO_DATA;
  }

  /** Counts of incidents, crimes and searches, and the share of searches that found something: columns of measures. */
  function event_columns(state, places) {
    const found = {};
    for (const [key, kind] of Object.entries(page.KIND_OF)) {
      const why = why_no_events(state, kind);
      const of = (name) => places.map((place) => (why ? NaN : page.sum_of(page.rows_at(place.rows).map((row) => event_sums(state, row)[kind][name]))));
      found[key] = page.column(of('expected'), why);
      if (kind !== 'stop_search') continue;
      const [hits, results] = [of('found'), of('known')];
      const ends = hits.map((n, i) => page.share_interval(n, results[i]));
      const share = page.column(hits.map((n, i) => 100 * page.ratio_of(n, results[i])), why || phrase("no searches with a result"),
        ends.map((e) => 100 * e[0]), ends.map((e) => 100 * e[1]));
      found.found = page.without(share, results.map((n) => n > 0 && n < page.LEAST_SEARCHES), page.FEW_RESULTS);
      found.results = page.column(results, why);
    }
    return found;
  }

  Object.assign(page, {
    edge, NO_DATA, NO_RECORDS, FILTERED_OUT, is_kept, whats_kept, cells_kept, event_columns, of_closed_weeks, of_weeks_alone, WEEKS_ALONE,
    why_no_events, any_such,
  });
})((window.page = window.page || {}));
