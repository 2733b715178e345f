'use strict';
/* Every figure of officer time, presence, visits and events, for any places at once: ia_plugin/core/material/measures.py. */
(function (page) {
  const { phrase, capitalised, MODE_WORDS } = page;
  const NOT_THERE = phrase("the area is not in the data");
  const NOT_VALID = phrase("the area did not count in this period");
  const NO_DAY = phrase("the filter keeps no day of the period");
  const NO_TIME = phrase("no officer time under this filter");
  const SOME_MODES = phrase("the filter keeps some modes only");
  const ONE_GROUP = phrase("not known for this choice: choose at most one unit or one resource type, and no mode");
  const OF_AREAS = phrase("known of areas only");
  const OF_EVENTS = ['incidents', 'crimes', 'searches', 'found'];
  const OF_TIME = ['share', 'officer_hours', ...page.MODES];

  function measure(key, label, unit, more = {}) {
    const all = { key, label, unit, scales: false, by_area: true, added: false, help: '', ...more };
    return { ...all, rate_unit: all.scales ? `${unit} per km²`.trim() : unit };
  }

  const MEASURES = [
    measure('share', phrase("Share of officer time"), '%', {
      by_area: false, help: phrase("Of all observed officer time of the force under the same filter."),
    }),
    measure('officer_hours', phrase("Officer-hours"), 'h', { scales: true }),
    measure('cover_hours', phrase("Hours with any officer"), 'h', {
      scales: true, added: true, help: phrase("Cover: hours with at least one officer there; of several areas they are added."),
    }),
    measure('visits', phrase("Visits"), '', { scales: true, added: true }),
    measure('visit_minutes', phrase("Length of visit, mean"), 'min'),
    ...['foot', 'vehicle', 'bicycle', 'stationary', 'unknown'].map((mode) => measure(mode, capitalised(MODE_WORDS[mode]), '%')),
    measure('officers', phrase("Officers there, mean"), '', { help: phrase("Mean of the hours of areas with any officer in them.") }),
    measure('incidents', phrase("Incidents"), '', { scales: true }),
    measure('crimes', phrase("Crimes"), '', { scales: true }),
    measure('searches', phrase("Stops and searches"), '', { scales: true }),
    measure('found', phrase("Search: object found"), '%', { help: phrase("Of the searches whose result is known.") }),
  ];
  const BY_KEY = Object.fromEntries(MEASURES.map((m) => [m.key, m]));

  /** A measure of each place: {value, low, high, why}; `why` stands where the value is not known. */
  function column(value, why = '', low = null, high = null) {
    const nothing = () => value.map(() => NaN);
    return { value, low: low || nothing(), high: high || nothing(), why: value.map((v) => (Number.isFinite(v) ? '' : why)) };
  }

  function unknown(places, why) {
    return column(places.map(() => NaN), why);
  }

  /** The column with nothing known of some places. */
  function without(col, out, why) {
    const blank = (values) => values.map((v, i) => (out[i] ? NaN : v));
    return { value: blank(col.value), low: blank(col.low), high: blank(col.high), why: col.why.map((w, i) => (out[i] ? why : w)) };
  }

  /** The column without the places that there is a reason to withhold. */
  function withheld(col, whys) {
    return [...new Set(whys)].filter(Boolean).reduce((left, why) => without(left, whys.map((w) => w === why), why), col);
  }

  function same_for(keys, col) {
    return Object.fromEntries(keys.map((key) => [key, col]));
  }

  /**
   * Every measure of some places under a filter.
   * @param {object} state its areas are not asked, `places` are
   * @param {object[]} places
   * @param {{keys: string[]}} [more] `keys`: the measures wanted
   * @returns {{places: object[], columns: Object<string, {value: number[], low: number[], high: number[], why: string[]}>,
   *   km2: number[], km2_of_areas: number[]}}
   */
  function measured(state, places, { keys = [] } = {}) {
    const asked = page.asked_by_group(state);
    const wanted = keys.length ? keys : MEASURES.map((m) => m.key);
    let columns = {};
    if (asked && wanted.some((key) => !OF_EVENTS.includes(key))) Object.assign(columns, by_group(state, asked, places));
    const kinds = [[time, OF_TIME], [cover, ['cover_hours', 'officers']], [visits, ['visits', 'visit_minutes']], [page.event_columns, OF_EVENTS]];
    for (const [make, of] of kinds) {
      if (wanted.some((key) => of.includes(key)) && (!asked || make === page.event_columns)) Object.assign(columns, make(state, places));
    }
    const reasons = whys_no_place(state, places);
    for (const why of [NOT_THERE, NOT_VALID, NO_DAY]) {
      const out = reasons.map((r) => r === why);
      if (!out.includes(true)) continue;
      columns = Object.fromEntries(Object.entries(columns).map(([key, col]) => [key, without(col, out, why)]));
    }
    const ground = page.ground_of(state);
    const size = (labels, place) => (place.areas.length ? labels.reduce((sum, label) => sum + (ground[label] || 0), 0) : NaN);
    return { places, columns, km2: places.map((p) => size(p.rows, p)), km2_of_areas: places.map((p) => size(p.areas, p)) };
  }

  /** Values of a measure as places are compared by it: per km² where it grows with size. */
  function compared(found, of) {
    const values = found.columns[of.key].value;
    if (!of.scales) return values;
    return values.map((v, i) => page.ratio_of(v, (of.added ? found.km2_of_areas : found.km2)[i]));
  }

  /** Why nothing is known of places under a filter: they are not there, or count on no day of the period; blank where they do. */
  function whys_no_place(state, places) {
    const days = page.days_counted(state);
    const none = page.days_asked(state).length ? NOT_VALID : NO_DAY;
    return places.map((p) => {
      if (!p.rows.length) return NOT_THERE;
      return p.areas.length && !p.areas.some((a) => days[a] > 0) ? none : '';
    });
  }

  // --- time ---------------------------------------------------------------------------------------------------------------

  function any_time(state) {
    if (page.data().groups && Object.keys(state.groups).length) return false;
    return page.kept(state).length > 0;
  }

  function no_time(state) {
    return any_time(state) ? '' : page.NO_DATA;
  }

  /** Sums of officers' time by place: chosen (the filter's modes), all, variance, systematic, and each mode. */
  function time_sums(state, places) {
    const names = { all: 'seconds', variance: 'variance', systematic: 'systematic' };
    for (const mode of page.MODES) names[mode] = mode;
    const sums = Object.fromEntries(Object.entries(names).map(([name, part]) => [name, page.time_by_place(state, places, part)]));
    return { ...sums, chosen: page.seconds_of(state, places) };
  }

  function time(state, places) {
    const why = no_time(state);
    if (why) return same_for(OF_TIME, unknown(places, why));
    const force = page.seconds_of(state, [page.whole_force()])[0];
    const sums = time_sums(state, places);
    const hours = with_range(sums);
    const percent = force > 0 ? (100 * 3600) / force : NaN;
    const found = { officer_hours: hours, share: of_force(hours, percent, NO_TIME) };
    const [officers, untold] = [page.officers_at_least(state, places), page.whys_untold(state, places)];
    const own = places.map((_, i) => Object.fromEntries(Object.keys(sums).map((name) => [name, sums[name][i]])));
    if (state.modes.length) {
      const ends = own.map((s, i) => page.hours_of_modes([hours.value[i], hours.low[i], hours.high[i]], s, officers[i], state.modes));
      found.officer_hours = column(ends.map((e) => e[0]), '', ends.map((e) => e[1]), ends.map((e) => e[2]));
      const told = Object.fromEntries(Object.entries(found).map(([key, col]) => [key, withheld(col, untold)]));
      return { ...told, ...same_for(page.MODES, unknown(places, SOME_MODES)) };
    }
    const shares = own.map((s, i) => page.mode_shares(s, officers[i]));
    for (const mode of page.MODES) {
      const [value, low, high] = [0, 1, 2].map((k) => shares.map((s) => s[mode][k]));
      found[mode] = withheld(column(value, phrase("no time there"), low, high), untold);
    }
    return found;
  }

  function of_force(hours, percent, why) {
    const [value, low, high] = [hours.value, hours.low, hours.high].map((values) => values.map((v) => v * percent));
    return column(value, why, low, high);
  }

  /** Officer hours with their likely range: of independent errors the variances add, of a shared one the deviations. */
  function with_range(sums) {
    const ends = sums.chosen.map((seconds, i) => {
      const variance = sums.variance[i] + sums.systematic[i] ** 2;
      if (!Number.isFinite(variance) || (variance === 0 && seconds > 0)) return [NaN, NaN];
      // The spread of a mode's part of the time is its part of the spread.
      const sd = Math.sqrt(variance) * (sums.all[i] > 0 ? seconds / sums.all[i] : 0);
      return page.likely_range(seconds / 3600, sd / 3600);
    });
    return column(sums.chosen.map((s) => s / 3600), '', ends.map((e) => e[0]), ends.map((e) => e[1]));
  }

  function by_group(state, asked, places) {
    const keys = MEASURES.map((m) => m.key).filter((key) => !OF_EVENTS.includes(key));
    if (asked.why) return same_for(keys, unknown(places, asked.why));
    const [seconds, variance, systematic, whys] = page.group_seconds(state, asked, [...places, page.whole_force()]);
    const hours = with_range({ chosen: seconds, all: seconds, variance, systematic });
    const force = hours.value.at(-1);
    const own = { value: hours.value.slice(0, -1), low: hours.low.slice(0, -1), high: hours.high.slice(0, -1), why: whys.slice(0, -1) };
    const of_all = of_force(own, force > 0 ? 100 / force : NaN, whys.at(-1) || NO_TIME);
    const share = { ...of_all, why: of_all.why.map((why, i) => own.why[i] || why) };
    return { ...same_for(keys, unknown(places, page.NOT_BY_MODE)), officer_hours: own, share };
  }

  // --- cover, officers, visits ------------------------------------------------------------------------------------------

  function of_areas(columns, places) {
    const out = places.map((p) => !p.areas.length);
    return Object.fromEntries(Object.entries(columns).map(([key, col]) => [key, without(col, out, OF_AREAS)]));
  }

  function cover(state, places) {
    const keys = ['cover_hours', 'officers'];
    const why = page.data().has_cover ? no_time(state) : page.NO_DATA;
    if (why) return same_for(keys, unknown(places, why));
    if (state.modes.length) return same_for(keys, unknown(places, ONE_GROUP));
    const [seconds, officers, hours] = [page.row_sums(state, 'cover_seconds'), page.row_sums(state, 'cover_officers'), hours_covered(state)];
    const found = {
      cover_hours: column(places.map((p) => page.added(seconds, p.areas) / 3600)),
      officers: column(places.map((p) => page.ratio_of(page.added(officers, p.areas), page.added(hours, p.areas))), phrase("nobody there")),
    };
    return of_areas(found, places);
  }

  /** Hours with any officer by area, of hours as they stand and of whole days as they were counted. */
  function hours_covered(state) {
    return page.once(state.when, 'hours covered', () => {
      const { arrays, rows, area_count, moment_day, moment_hour, totals } = page.data();
      const [found, width] = [new Float64Array(rows.length), moment_day.length];
      for (const i of page.kept(state)) {
        const whole_day = moment_hour[i] === page.WHOLE_DAY;
        for (let row = 0; row < area_count; row += 1) {
          found[row] += whole_day ? arrays.cover_hours[row * totals + i - (width - totals)] : arrays.cover_officers[row * width + i] > 0;
        }
      }
      return found;
    });
  }

  function visits(state, places) {
    const keys = ['visits', 'visit_minutes'];
    if (state.modes.length) return same_for(keys, unknown(places, phrase("a visit has no one mode")));
    const why = page.data().has_visits ? no_time(state) : page.NO_DATA;
    if (why) return same_for(keys, unknown(places, why));
    const [count, seconds] = [page.row_sums(state, 'visit_count'), page.row_sums(state, 'visit_seconds')];
    const number = places.map((p) => page.added(count, p.areas));
    const found = {
      visits: column(number),
      visit_minutes: column(places.map((p, i) => page.ratio_of(page.added(seconds, p.areas), number[i]) / 60), phrase("no visits")),
    };
    return of_areas(found, places);
  }

  Object.assign(page, { MEASURES, BY_KEY, OF_EVENTS, NO_DAY, NO_TIME, column, without, measured, compared, whys_no_place, any_time });
})((window.page = window.page || {}));
