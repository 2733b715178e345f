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
    return covered_days(state, kind).length > 0 && !coarse_count(state, page.data().rows, [kind], state.precisions, '', true);
  }

  /**
   * How many records of a place, by its rows, begin in a day or month that the period touches and are too coarse in time.
   * @param {string[]} kinds all that the filter keeps where none is named
   * @param {string[]} fine how coarse records may be; @param {string} precision of one alone
   * @param {boolean} any whether cells are counted, not records
   */
  function coarse_count(state, labels, kinds, fine, precision = '', any = false) {
    const { arrays, whats, base } = page.data();
    const wanted = whats.map((what) => {
      const coarse = what.precision !== 'hour' && !fine.includes(what.precision) && (!precision || what.precision === precision);
      const among = (kinds.length ? kinds : state.kinds).includes(what.kind) || !(kinds.length || state.kinds.length);
      return coarse && among && page.is_kept(state, what);
    });
    if (!wanted.includes(true)) return 0;
    const rows = new Set(page.rows_at(labels));
    const [begin, end] = page.edges(state);
    let count = 0;
    for (let i = 0; i < arrays.event_what.length; i += 1) {
      const what = arrays.event_what[i];
      if (!wanted[what] || !rows.has(arrays.event_row[i])) continue;
      const at = page.clock(base + arrays.event_day[i], 0);
      const lasts = whats[what].precision === 'month' ? 31 * 24 : 24;
      if (at + lasts > begin && at < end) count += any ? 1 : arrays.event_count[i];
    }
    return count;
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
    KIND_OF, NAMES_OF_KINDS, KINDS_OF, covered_days, any_events, coarse_count, reaches_back, time_reaches_back, filled_to, filling_in_words,
    why_filling,
  });
})((window.page = window.page || {}));
