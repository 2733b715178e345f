'use strict';
/* The filter of a page: ia_plugin/core/filter_state.py, and the bounds that the rules of release set to it (page.facts). */
(function (page) {
  const { say, phrase } = page;
  const ALL_DAYS = [0, 1, 2, 3, 4, 5, 6];
  const LISTS = ['areas', 'weekdays', 'units', 'departments', 'officer_roles', 'resources', 'modes', 'kinds', 'categories', 'key_types'];
  const GROUPS = { units: 'unit', departments: 'department', officer_roles: 'officer_role', resources: 'resource_type' };
  const LATE = ['departments', 'officer_roles'];
  const YEAR_OF_WEEKS = 364;
  const NOT_BY_DAY = phrase("Sexual and domestic offences are counted here, but in no change and no chart of days or hours: they are told by the week alone.");
  const KEPT = {
    foot: phrase("foot"), vehicle: phrase("vehicle"), bicycle: phrase("bicycle"), stationary: phrase("stationary"),
    unknown: phrase("unknown"), crime: phrase("crime"), incident: phrase("incident"), stop_search: phrase("stop search"),
  };

  function check(state) {
    const hours = state.hour_from >= 0 && state.hour_from <= 23 && state.hour_to >= 1 && state.hour_to <= 24;
    if (!hours || state.hour_from === state.hour_to) {
      throw new Error(say("The hours {hour_from} to {hour_to} are no part of a day.", state));
    }
    if (state.first > state.last) {
      throw new Error(say("The period begins on {first} and ends before, on {last}.",
        { first: page.iso_of(state.first), last: page.iso_of(state.last) }));
    }
  }

  function precisions_of(state) {
    if (!state.any_hour) return ['hour'];
    const begins = page.parts_of(state.first).day === 1;
    const whole_months = begins && page.parts_of(state.last + 1).day === 1;
    return state.any_time && whole_months ? ['hour', 'day', 'month'] : ['hour', 'day'];
  }

  /**
   * A state of its parts; days are numbers (since 1970) and both there.
   * @param {object} parts as FilterState's, and `sensitive` (whether sensitive categories are counted)
   */
  function made(parts) {
    const state = { sensitive: false, cut_short: [], held_back: [], no_narrower: [], ...parts };
    for (const name of LISTS) state[name] = [...(parts[name] || [])];
    state.weekdays = [...new Set(parts.weekdays && parts.weekdays.length ? parts.weekdays : ALL_DAYS)].sort((a, b) => a - b);
    check(state);
    state.wraps = state.hour_to < state.hour_from;
    state.any_hour = state.hour_from === 0 && state.hour_to === 24;
    state.any_time = state.any_hour && state.weekdays.length === 7;
    state.days = state.last - state.first + 1;
    state.on_weekday = ALL_DAYS.map((d) => state.weekdays.includes(d));
    state.in_hour = Array.from({ length: 24 }, (_, h) => (state.wraps
      ? h >= state.hour_from || h < state.hour_to : h >= state.hour_from && h < state.hour_to));
    state.precisions = precisions_of(state);
    state.groups = {};
    for (const [name, dimension] of Object.entries(GROUPS)) if (state[name].length) state.groups[dimension] = state[name];
    state.when = [state.first, state.last, state.hour_from, state.hour_to, state.weekdays.join('')].join('|');
    return Object.freeze(state);
  }

  /** The same state with some parts changed. */
  function changed(state, parts) {
    return made({ ...state, ...parts });
  }

  /**
   * The state that a page can tell of what a reader asks: its period has both days, none after the data; hours of the day end with
   * the last day told by the hour; sensitive categories are counted in closed calendar weeks alone. `cut_short` and `held_back` say so, `no_narrower` that ranges may be wider than elsewhere.
   * @param {object} values as of FilterState.as_dict(); parts that are not there are as in an empty filter
   */
  function state_of(values) {
    const facts = page.data();
    const first = values.first ? page.day_of(values.first) : facts.first_day;
    const asked = made({
      hour_from: 0, hour_to: 24, ...values, timezone: facts.timezone, first, last: values.last ? page.day_of(values.last) : Math.max(facts.last_day, first),
    });
    const end = asked.any_hour ? facts.last_day : facts.hours_until - (asked.wraps ? 1 : 0);
    const last = Math.min(asked.last, end);
    const cut = last < asked.last && !asked.any_hour;
    const to = cut ? whole_weeks(asked, last) : last;
    const cut_short = cut ? [hours_end(end, to < last ? to : null)] : [];
    // Of days that are told as totals alone whole days are shown; another day than those asked would answer another question.
    const whole = cut && asked.first > end ? { last: Math.min(asked.last, facts.last_day), hour_from: 0, hour_to: 24 } : {};
    const state = changed(asked, { last: to, first: Math.min(asked.first, whole.last ?? to), cut_short, ...whole });
    const sensitive = in_whole_weeks(state);
    const weeks = asks_sensitive(state) ? [sensitive ? NOT_BY_DAY : page.of_closed_weeks(state)] : [];
    return changed(state, { sensitive, held_back: weeks, no_narrower: ranges_no_narrower(state) });
  }

  /** The last day of the whole weeks of a period up to a day, where it is asked in whole weeks and has one: the period before has its weekdays then. */
  function whole_weeks(asked, last) {
    const weeks = Math.floor((last - asked.first + 1) / 7);
    return asked.days % 7 === 0 && weeks > 0 ? asked.first + 7 * weeks - 1 : last;
  }

  function hours_end(end, weeks_to) {
    const day = page.day_in_words(end);
    if (weeks_to === null) return say("By the hour, figures end on {day}; of later days whole days are shown.", { day });
    return say("By the hour, figures end on {day}; of this period its whole weeks are shown, to {last}, so that the period before has the same weekdays.",
      { day, last: page.day_in_words(weeks_to) });
  }

  /** Whether a period is of closed calendar weeks, of which sensitive categories are told. */
  function in_whole_weeks(state) {
    const { weeks_until } = page.data();
    const weeks = state.any_time && page.weekday_of(state.first) === 0 && page.weekday_of(state.last) === 6;
    return weeks && weeks_until !== null && state.last <= weeks_until && !state.precisions.includes('month') && !state.key_types.length;
  }

  /** How many officers several areas together had in an hour is not told of the last days: with fewer known, ranges by mode are wider. */
  function ranges_no_narrower(state) {
    const { hours_until } = page.data();
    const several = [page.chosen_place(state), page.comparison_place(state)].some((place) => place.rows.length > 1);
    if (!several || state.last <= hours_until || Object.keys(state.groups).length) return [];
    return [say("By the hour, figures end on {day}: with later days the ranges of how officers moved in several areas together may be wider than in QGIS.",
      { day: page.day_in_words(hours_until) })];
  }

  function asks_sensitive(state) {
    const { sensitive, sensitive_kinds } = page.data();
    const of = (chosen, some) => !chosen.length || chosen.some((word) => some.has(word));
    return sensitive_kinds.size > 0 && of(state.categories, sensitive) && of(state.kinds, sensitive_kinds);
  }

  /** The filter as plain values, for JSON and for a figure's number. */
  function as_dict(state) {
    const found = { first: page.iso_of(state.first), last: page.iso_of(state.last), hour_from: state.hour_from, hour_to: state.hour_to,
      timezone: state.timezone };
    for (const name of LISTS) if (!LATE.includes(name) || state[name].length) found[name] = [...state[name]];
    return found;
  }

  /** The filter in words: "Fri–Sat 18:00–03:00, 3–30 May 2024, foot". */
  function in_words(state) {
    return parts_in_words(state).join(', ');
  }

  /** The same a part each: areas, weekdays and hours, period, and each list of values. */
  function parts_in_words(state, names = page.data().names) {
    const parts = [state.areas.length ? page.listed(state.areas.map((a) => names[a] || a)) : phrase("all Impact Areas")];
    const when = state.weekdays.length === 7 ? [] : [page.weekdays_in_words(state.weekdays)];
    const hour = (h) => `${String(h).padStart(2, '0')}:00`;
    if (!state.any_hour) when.push(`${hour(state.hour_from)}–${hour(state.hour_to % 24)}`);
    if (when.length) parts.push(when.join(' '));
    parts.push(page.period_in_words(state.first, state.last));
    const kept = [state.modes, state.kinds].map((some) => some.map((k) => KEPT[k] || k));
    for (const words of [...Object.values(state.groups), ...kept, state.categories, state.key_types]) {
      if (words.length) parts.push(page.listed(words.map((w) => w.replaceAll('_', ' '))));
    }
    return parts;
  }

  /** The earlier period that a filter is compared with: "before", "year"; null for "none". */
  function earlier_of(state, comparison) {
    if (comparison === 'none') return null;
    const back = comparison === 'before' ? state.days : YEAR_OF_WEEKS;
    return changed(state, { first: state.first - back, last: state.last - back });
  }

  /** The number of the figures of a filter: the same only for the same figures. */
  function figure_number(state, comparison = 'before') {
    const mark = page.data().as_of + (comparison === 'before' ? '' : `|${comparison}`);
    const text = page.sha256(page.python_json([as_dict(state), mark])).slice(0, 8).toUpperCase();
    return `IA-${text.slice(0, 4)}-${text.slice(4)}`;
  }

  /** Where a period begins and ends, in hours that have gone by; a night's end is on the morning after. */
  function edges(state) {
    return [page.clock(state.first, state.wraps ? state.hour_from : 0), page.clock(state.last, 24 + (state.wraps ? state.hour_to : 0))];
  }

  /** The civil days that a filter keeps. */
  function days_asked(state) {
    const days = [];
    for (let day = state.first; day <= state.last; day += 1) if (state.on_weekday[page.weekday_of(day)]) days.push(day);
    return days;
  }

  /** Where what a filter keeps of each day that it asks begins and ends, in hours that have gone by. */
  function day_spans(state) {
    const until = state.hour_to + (state.wraps ? 24 : 0);
    return days_asked(state).map((day) => [page.clock(day, state.hour_from), page.clock(day, until)]);
  }

  Object.assign(page, { GROUPS, state_of, changed_state: changed, as_dict, in_words, parts_in_words, earlier_of, figure_number, edges, days_asked, day_spans });
})((window.page = window.page || {}));
