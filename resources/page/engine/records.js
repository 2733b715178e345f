'use strict';
/* Of which days records tell, and which days are still filling: ia_plugin/core/material/records.py and filled_days.py. */
(function (page) {
  const { say, phrase } = page;
  const KIND_OF = { incidents: 'incident', crimes: 'crime', searches: 'stop_search' };
  const NAMES_OF_KINDS = { incident: phrase("incidents"), crime: phrase("crimes"), stop_search: phrase("stops and searches") };
  const KINDS_OF = { incidents: ['incident'], crimes: ['crime'], searches: ['stop_search'], demand: ['crime', 'incident'] };

  /** The name that the cube gives to how coarse records may be in time. */
  function fine_name(precisions) {
    return !precisions || precisions.includes('month') ? 'any' : precisions.includes('day') ? 'day' : 'hour';
  }

  function told(kind, precisions) {
    const { records } = page.data();
    return records[kind] ? records[kind][fine_name(precisions)] : { covered: [], begin: [], first: null };
  }

  /** The days asked of which the records of a kind tell, in the whole force. */
  function covered_days(state, kind, precisions) {
    const { base } = page.data();
    const { covered } = told(kind, precisions);
    return page.days_asked(state).filter((day) => covered[day - base]);
  }

  /** Whether the records of a kind tell of a period: outside them nothing is known, which is not nothing. */
  function any_events(state, kind) {
    if (covered_days(state, kind, state.precisions).length) return true;
    return covered_days(state, kind).length > 0 && !any_coarse(state, kind);
  }

  /** The cells that tell the day or the month of records only: their places in the arrays, by day. */
  function coarse_cells() {
    const data = page.data();
    if (!data.coarse) {
      const { event_what: what, event_day: days } = data.arrays;
      const at = Int32Array.from(what.keys()).filter((i) => data.whats[what[i]].precision !== 'hour');
      data.coarse = { at, days: Int32Array.from(at, (i) => days[i]) };
    }
    return data.coarse;
  }

  /** Records, and cells, known by day or month only that begin in a day or month that a period touches: by sort, then row. */
  function coarse_sums(state) {
    return page.once(state.when, 'coarse', () => {
      const { arrays, whats, rows, base } = page.data();
      const [begin, end] = page.edges(state);
      const sums = whats.map(() => null);
      const cells = coarse_cells();
      const upto = page.edge(cells.days, state.last - base + 2);
      let [day, at] = [NaN, 0];
      for (let k = page.edge(cells.days, state.first - base - 32); k < upto; k += 1) {
        if (cells.days[k] !== day) {
          day = cells.days[k];
          at = page.clock(base + day, 0);
        }
        const i = cells.at[k];
        const what = arrays.event_what[i];
        if (at + (whats[what].precision === 'month' ? 31 * 24 : 24) <= begin || at >= end) continue;
        sums[what] = sums[what] || { records: new Float64Array(rows.length), cells: 0 };
        sums[what].records[arrays.event_row[i]] += arrays.event_count[i];
        sums[what].cells += 1;
      }
      return sums;
    });
  }

  /** Which sorts of records are too coarse in time for a filter, by their number; of all kinds that it keeps where none is named. */
  function too_coarse(state, kinds, fine, precision = '') {
    const among = kinds.length ? kinds : state.kinds;
    return page.data().whats.map((what) => what.precision !== 'hour' && !fine.includes(what.precision) && page.is_kept(state, what)
      && (!precision || what.precision === precision) && (!among.length || among.includes(what.kind)));
  }

  /**
   * How many records of a place, by its rows, are too coarse in time for a filter.
   * @param {string[]} kinds all that the filter keeps where none is named
   * @param {string[]} fine how coarse records may be; @param {string} precision of one alone
   */
  function coarse_count(state, labels, kinds, fine, precision = '') {
    const wanted = too_coarse(state, kinds, fine, precision);
    const rows = page.rows_at(labels);
    return coarse_sums(state).reduce((sum, own, what) => (
      wanted[what] && own ? rows.reduce((all, row) => all + own.records[row], sum) : sum), 0);
  }

  /** Whether any record of a kind is too coarse in time for a filter. */
  function any_coarse(state, kind) {
    const wanted = too_coarse(state, [kind], state.precisions);
    return coarse_sums(state).some((own, what) => wanted[what] && own);
  }

  /** Whether the count of a kind in an earlier period can be compared: its records reach back to the first day that is kept. */
  function reaches_back(state, kind) {
    const first = page.days_asked(state).find((day) => day < state.first + 7);
    if (first === undefined || !any_events(state, kind)) return false;
    const { begin, first: begins } = told(kind, state.precisions);
    const { base } = page.data();
    let in_days = false;
    for (let day = state.first; day <= state.last; day += 1) in_days = in_days || Boolean(begin[day - base]);
    return in_days && begins <= first;
  }

  /** Whether officers' time of an earlier period can be compared: by the same rule. */
  function time_reaches_back(state) {
    const first = page.days_asked(state).find((day) => day < state.first + 7);
    const { moment_day, base } = page.data();
    if (first === undefined || !moment_day.length) return false;
    const in_days = moment_day.some((day) => base + day >= state.first && base + day <= state.last);
    return in_days && base + moment_day[0] <= first;
  }

  // --- days that are still filling ------------------------------------------------------------------------------------------

  /** The last civil day that is 95 % complete; null where that is not known. */
  function filled_to(what = 'presence') {
    const { delays } = page.data();
    const kinds = what === 'presence' ? ['presence'] : KINDS_OF[what];
    const ends = kinds.map((kind) => (delays[kind] ? delays[kind].filled_to : null)).filter((end) => end !== null);
    return ends.length ? Math.min(...ends) : null;
  }

  /** Why the last days of a period are no figures to compare yet; "" where none is still filling. */
  function filling_in_words(state, what) {
    const filled = filled_to(what);
    if (filled === null || state.last <= filled) return '';
    if (what === 'presence') return say("days after {day} are still filling", { day: page.day_in_words(filled) });
    const { delays } = page.data();
    const days = Math.max(...KINDS_OF[what].filter((kind) => delays[kind] && delays[kind].known).map((kind) => delays[kind].days));
    const within = days ? say("within {days}", { days: page.count_of(days, 'days') }) : phrase("on the same day");
    return say("days after {day} are still filling (95 % are recorded {within})", { day: page.day_in_words(filled), within });
  }

  /** As filling_in_words, where the data reach into the days that are still filling. */
  function why_filling(state, what) {
    const own = page.data().delays[what === 'presence' ? what : KIND_OF[what]];
    const [filled, end] = [filled_to(what), own ? own.last_record : null];
    if (filled === null || end === null || Math.min(state.last, end) <= filled) return '';
    return filling_in_words(state, what);
  }

  Object.assign(page, {
    KIND_OF, NAMES_OF_KINDS, KINDS_OF, covered_days, any_events, coarse_count, any_coarse, reaches_back, time_reaches_back, filled_to, filling_in_words,
    why_filling,
  });
})((window.page = window.page || {}));
