'use strict';
/* What charts of time are drawn from: hours of the week and days under a filter (ia_plugin/core/material/flows.py, charts/series.py). */
(function (page) {
  const { say, phrase, mode_share } = page;
  const [LEAST_EVENTS, LEAST_HOURS, MOST_DAYS] = [30, 10, 92];
  const KINDS = { searches: ['stop_search'], crimes: ['crime'], incidents: ['incident'], demand: ['crime', 'incident'] };
  const NOUN = { searches: phrase("searches"), crimes: phrase("crimes"), incidents: phrase("incidents") };
  const DEMAND_CAVEAT = phrase("recorded demand is not need, and this is not a target");

  const NOT_BY_HOUR = phrase("the last seven days are shown as whole days alone");
  const ONLY_DAYS = phrase("these records tell only the day or month of the event");

  /** Why a filter's places tell nothing of presence or of events; blank where they do. */
  function why_none(state, what, fine) {
    const why = page.whys_no_place(state, [page.chosen_place(state)])[0];
    if (why) return why;
    if (what === 'presence') {
      if (Object.keys(state.groups).length) return phrase("groups of officers are told by whole months");
      const untold = state.modes.length ? page.whys_untold(state, [page.chosen_place(state)])[0] : '';
      return untold || (page.kept(state).length ? '' : page.NO_DATA);
    }
    const kinds = KINDS[what];
    if (state.kinds.length && !kinds.every((k) => state.kinds.includes(k))) return page.FILTERED_OUT;
    const { whats } = page.data();
    const there = kinds.every((k) => whats.some((w) => w.kind === k));
    if (!there || !kinds.some((k) => page.any_such(state, k))) return page.NO_RECORDS;
    if (kinds.some((k) => page.of_weeks_alone(state, k))) return page.WEEKS_ALONE;
    if (!kinds.every((k) => whats.some((w) => w.kind === k && fine.includes(w.precision)))) {
      return ONLY_DAYS;
    }
    return days_told(state, kinds, fine).length ? '' : page.NO_DATA;
  }

  /** The days of which the records of all kinds tell, each with the hour of its own that they begin at: [day, hours gone by]. */
  function days_told(state, kinds, fine) {
    const { records, base } = page.data();
    const name = fine.includes('day') ? 'day' : 'hour';
    const of = kinds.map((k) => (records[k] ? records[k][name] : null));
    const begin = Math.max(...of.map((r) => (r && r.first !== null ? page.clock(r.first, r.first_hour) : Infinity)));
    const until = state.hour_to + (state.wraps ? 24 : 0);
    return page.days_asked(state).filter((day) => of.every((r) => r && r.covered[day - base]))
      .map((day) => [day, Math.max(page.clock(day, state.hour_from), begin)])
      .filter(([day, from]) => page.clock(day, until) > from);
  }

  /** What took no part; and of searches, always, how many found their object. */
  function notes_of_events(state, what, fine, why) {
    if (what === 'presence' || (why && why !== page.NO_DATA && why !== ONLY_DAYS)) return [];
    const place = page.chosen_place(state);
    const notes = page.coarse_notes(state, place.rows, KINDS[what], fine);
    if (what !== 'searches') return notes;
    let [hits, results] = [0, 0];
    each_event(state, what, fine, (day, hour, i, arrays) => {
      hits += arrays.event_found[i];
      results += arrays.event_known[i];
    });
    if (results < page.LEAST_SEARCHES) return [...notes, say("Searches where the object was found: {share}.", { share: page.FEW_RESULTS })];
    const values = { searches: page.count_of(results, 'searches'), share: mode_share((100 * hits) / results) };
    return [...notes, say("Of the {searches} with a result that are counted here the object was found in {share}.", values)];
  }

  /** Calls for each cell of events in a filter and its places, with its civil day (the evening's, of a night), hour and place in the arrays. */
  function each_event(state, what_of, fine, call) {
    const { arrays, base } = page.data();
    const { event_what: what, event_day: days, event_hour: hours } = arrays;
    const wanted = page.whats_kept(state, KINDS[what_of], state.precisions.filter((p) => fine.includes(p)));
    for (const row of page.rows_at(page.chosen_place(state).rows)) {
      for (const i of page.cells_kept(state, row)) {
        if (wanted[what[i]]) call(page.day_kept(state, base + days[i], hours[i]), hours[i], i, arrays);
      }
    }
  }

  /** Calls for each moment of officers' time in a filter with its seconds in the places: civil day (the evening's), hour, officer seconds. */
  function each_moment(state, call) {
    const { arrays, base, moment_day, moment_hour } = page.data();
    const rows = page.rows_at(page.chosen_place(state).rows);
    const parts = (state.modes.length ? state.modes : ['seconds']);
    const names = parts.filter((m) => m !== 'unknown').map((m) => arrays[`time_${m}`]);
    const told = parts.includes('unknown') ? page.MODES.filter((m) => m !== 'unknown').map((m) => arrays[`time_${m}`]) : null;
    const width = moment_day.length;
    for (const i of page.kept(state)) {
      let spent = 0;
      for (const row of rows) {
        const at = row * width + i;
        for (const values of names) spent += values[at];
        if (told) spent += told.reduce((left, values) => left - values[at], arrays.time_seconds[at]);
      }
      call(page.day_kept(state, base + moment_day[i], moment_hour[i]), moment_hour[i], spent);
    }
  }

  /** Officers' time is added up in seconds, which are whole, and told in hours. */
  function per_of(what) {
    return what === 'presence' ? 3600 : 1;
  }

  // --- days -----------------------------------------------------------------------------------------------------------------

  /** Amounts of each civil day that a filter asks: {why, notes, days, values}, NaN for days without data. */
  function by_day(state, what) {
    const fine = state.precisions.filter((p) => p !== 'month');
    const why = why_none(state, what, fine);
    const notes = notes_of_events(state, what, fine, why);
    if (why) return { why, notes, days: [], values: [] };
    const sums = new Map();
    let with_data;
    if (what === 'presence') {
      each_moment(state, (day, hour, spent) => sums.set(day, (sums.get(day) || 0) + spent));
      with_data = new Set(whole_days([...sums.keys()]));
    } else {
      with_data = new Set(days_told(state, KINDS[what], fine).map(([day]) => day));
      each_event(state, what, fine, (day, hour, i, arrays) => sums.set(day, (sums.get(day) || 0) + arrays.event_expected[i]));
    }
    const until = state.hour_to + (state.wraps ? 24 : 0);
    const days = page.days_asked(state).filter((day) => page.clock(day, until) > page.clock(day, state.hour_from));
    return { why: '', notes, days, values: days.map((day) => (with_data.has(day) ? (sums.get(day) || 0) / per_of(what) : NaN)) };
  }

  /** How many of the civil days that a filter asks have data in the whole force, as by_day counts them. */
  function days_with_data(state, what) {
    if (what !== 'presence') return days_told(state, KINDS[what], state.precisions.filter((p) => p !== 'month')).length;
    return page.once(state.when, 'days with time', () => {
      const { base, moment_day, moment_hour } = page.data();
      const days = new Set();
      for (const i of page.kept(state)) days.add(page.day_kept(state, base + moment_day[i], moment_hour[i]));
      return whole_days([...days]).length;
    });
  }

  /** Days without the ones that the data begin and end in, which are not whole. */
  function whole_days(days) {
    const { time_begin, time_last } = page.data();
    const whole = days.filter((day) => day >= time_begin && day <= time_last);
    return whole.length ? whole : days;
  }

  function still_filling(day, what) {
    const filled = page.filled_to(what);
    return filled !== null && day > filled;
  }

  /**
   * Amounts by civil day, or by week from its Monday where the period is longer than 92 days; `earlier`: the same of the earlier
   * period, null where it has none or is no whole number of weeks away.
   * @returns {{what: string, step: string, days: number[], values: number[], marks: object[], why: string, notes: string[], filling: boolean[]}}
   */
  function series(state, what, comparison = 'none') {
    const found = series_of(state, what);
    const before = found.why ? null : page.earlier_of(state, comparison);
    const past = before && (state.first - before.first) % 7 === 0 ? series_of(before, what) : null;
    const alike = past && !past.why && past.step === found.step && past.days.length === found.days.length && past.values.some(Number.isFinite);
    return { ...found, earlier: alike ? past : null };
  }

  function series_of(state, what) {
    const flow = by_day(state, what);
    if (flow.why) return { what, step: 'day', days: [], values: [], marks: [], why: flow.why, notes: flow.notes, filling: [] };
    const { days, values, notes } = flow;
    const filling = days.map((day) => still_filling(day, what));
    const found = { what, why: '', notes, marks: page.marks_in(state, days[0], days.at(-1)) };
    if (days.at(-1) - days[0] < MOST_DAYS) return { ...found, step: 'day', days, values, filling };
    const weeks = new Map();
    days.forEach((day, i) => {
      const monday = day - page.weekday_of(day);
      const week = weeks.get(monday) || { known: 0, sum: 0, filling: false };
      const known = Number.isFinite(values[i]);
      weeks.set(monday, { known: week.known + known, sum: week.sum + (known ? values[i] : 0), filling: week.filling || filling[i] });
    });
    const all = [...weeks.values()];
    return { ...found, step: 'week', days: [...weeks.keys()], filling: all.map((w) => w.filling),
      values: all.map((w) => (w.known === state.weekdays.length ? w.sum : NaN)) };
  }

  // --- hours of the week -------------------------------------------------------------------------------------------------

  /** The filter up to the last day told by the hour; null where all of it lies after it. */
  function by_the_hour(state) {
    const last = Math.min(state.last, page.data().hours_until - (state.wraps ? 1 : 0));
    return last < state.first ? null : page.changed_state(state, { last });
  }

  function hour_note(state) {
    const end = page.data().hours_until - (state.wraps ? 1 : 0);
    return say("By the hour, figures end on {day}; of later days whole days are shown.", { day: page.day_in_words(end) });
  }

  /** Every hour with data that a filter keeps: its place (hours gone by), and which of the week's 168 it is. */
  function hours_known(state, what) {
    const known = new Map();
    if (what === 'presence') {
      const { base, moment_day, moment_hour } = page.data();
      let last = -1;
      for (const i of page.kept(state)) {
        const day = base + moment_day[i];
        const at = page.clock(day, moment_hour[i]);
        last = at <= last ? last + 1 : at; // the second of the two hours that October has
        known.set(last, page.weekday_of(day) * 24 + moment_hour[i]);
      }
      return known;
    }
    for (const [day, from] of days_told(state, KINDS[what], ['hour'])) add_hours(known, state, day, from);
    return known;
  }

  /** The hours that a filter keeps of a day, as they come, from a moment (hours gone by) on. */
  function add_hours(known, state, day, from) {
    const { base, odd_days } = page.data();
    for (const own of state.wraps ? [day, day + 1] : [day]) {
      const odd = odd_days.find(([number]) => number === own - base);
      (odd ? odd[1] : Array.from({ length: 24 }, (_, h) => h)).forEach((hour, k) => {
        const early = state.wraps && hour < state.hour_to;
        const at = page.clock(own, 0) + k;
        if (state.in_hour[hour] && (own === day ? !early : early) && at >= from) known.set(at, page.weekday_of(own) * 24 + hour);
      });
    }
  }

  function no_grid(what, why, notes) {
    return { what, values: new Array(168).fill(NaN), hours: new Array(168).fill(0), why, notes, days: null };
  }

  /** Amounts by hour of the week at some hours with data. */
  function grid_of(state, what, known, notes) {
    const [hours, sums] = [new Float64Array(168), new Float64Array(168)];
    for (const at of known.values()) hours[at] += 1;
    if (what === 'presence') {
      each_moment(state, (day, hour, spent) => {
        const own = day + (state.wraps && hour < state.hour_to ? 1 : 0);
        if (known.has(page.clock(own, hour))) sums[page.weekday_of(own) * 24 + hour] += spent;
      });
    } else {
      const { base } = page.data();
      each_event(state, what, ['hour'], (day, hour, i, arrays) => {
        const own = base + arrays.event_day[i];
        if (known.has(page.clock(own, hour))) sums[page.weekday_of(own) * 24 + hour] += arrays.event_expected[i];
      });
    }
    return { what, values: Array.from(sums, (v, i) => (hours[i] > 0 ? v / per_of(what) : NaN)), hours: Array.from(hours), why: '', notes };
  }

  /**
   * Amounts by weekday and hour, civil time, up to the last day told by the hour.
   * @param {string} what presence, searches, crimes, incidents or demand
   * @returns {{what: string, values: number[], hours: number[], why: string, notes: string[], days: ?number[]}} 168 of each, Monday 00:00 first; NaN
   *   where there is no such hour; `days`: the first and last that it is of, where these are not the filter's
   */
  function week_grid(asked, what) {
    return grids(asked, [what], '')[0];
  }

  /** Two grids over the hours that both have data of. */
  function week_pair(asked, what, against) {
    return grids(asked, [what, against], phrase("no day has data of both"));
  }

  function grids(asked, whats, apart) {
    const state = by_the_hour(asked);
    if (!state) return whats.map((what) => no_grid(what, NOT_BY_HOUR, [hour_note(asked)]));
    const cut = state.last < asked.last ? [hour_note(asked)] : [];
    const whys = whats.map((what) => why_none(state, what, ['hour']));
    const notes = whats.map((what, k) => [...notes_of_events(state, what, ['hour'], whys[k]), ...cut]);
    const known = whats.map((what, k) => (whys[k] ? new Map() : hours_known(state, what)));
    if (whats.length === 2 && !whys.some(Boolean)) {
      const both = new Map([...known[0]].filter(([at]) => known[1].has(at)));
      if (!both.size) return whats.map((what, k) => no_grid(what, apart, notes[k]));
      known.fill(both);
    }
    const days = cut.length ? [state.first, state.last] : null;
    return whats.map((what, k) => (whys[k] ? no_grid(what, whys[k], notes[k]) : { ...grid_of(state, what, known[k], notes[k]), days }));
  }

  function total(values) {
    return values.reduce((sum, v) => sum + (Number.isFinite(v) ? v : 0), 0);
  }

  /** ½ Σ |presence share − demand share| over the hours that both grids have, 0 to 1; null under a minimum (METHODS §5). */
  function mismatch(presence, demand) {
    const both = presence.values.map((v, i) => Number.isFinite(v) && Number.isFinite(demand.values[i]));
    const [spent, asked] = [presence, demand].map((grid) => total(grid.values.filter((_, i) => both[i])));
    const least = presence.what === 'presence' ? LEAST_HOURS : LEAST_EVENTS;
    if (spent < least || spent <= 0 || asked < LEAST_EVENTS || asked <= 0) return null;
    return 0.5 * presence.values.reduce((sum, v, i) => sum + (both[i] ? Math.abs(v / spent - demand.values[i] / asked) : 0), 0);
  }

  /** The mismatch to expect, about, were both spread alike over the week: counts of few records differ by chance. */
  function by_chance(presence, demand) {
    const both = presence.values.map((v, i) => Number.isFinite(v) && Number.isFinite(demand.values[i]));
    const [spent, asked] = [presence, demand].map((grid) => total(grid.values.filter((_, i) => both[i])));
    const per_record = 1 / asked + (presence.what === 'presence' ? 0 : 1 / spent);
    const spread = demand.values.reduce((sum, v, i) => sum + (both[i] ? Math.sqrt((v / asked) * per_record) : 0), 0);
    return 0.5 * Math.sqrt(2 / Math.PI) * spread;
  }

  /** The mismatch of two grids, how it is not to be read, and how much of it chance alone would give. */
  function mismatch_in_words(presence, demand) {
    const [value, what] = [mismatch(presence, demand), presence.what];
    if (value === null && what === 'presence') {
      return say("Mismatch not given: under {n} events or {hours} officer hours it would be chance.", { n: LEAST_EVENTS, hours: page.number(LEAST_HOURS) });
    }
    if (value === null) return say("Mismatch not given: under {n} events it would be chance.", { n: LEAST_EVENTS });
    return say("Mismatch {share}: share of {what} at other hours than recorded demand; {caveat}. Were both spread alike over the week, chance in the counts alone would give about {chance}.",
      { share: mode_share(100 * value), what: what === 'presence' ? phrase("time") : NOUN[what], caveat: DEMAND_CAVEAT, chance: mode_share(100 * by_chance(presence, demand)) });
  }

  Object.assign(page, { by_day, days_with_data, series, week_grid, week_pair, mismatch, mismatch_in_words, still_filling });
})((window.page = window.page || {}));
