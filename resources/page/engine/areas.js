'use strict';
/* The areas side by side, and in which class each is drawn on the map: ia_plugin/core/dashboard/area_rows.py, map_classes.py. */
(function (page) {
  const { say, phrase, number, capitalised, OF_EVENTS, BY_KEY } = page;
  const WEEKS = 12;
  const NOT_KNOWN = -1;
  const HUNDRED = 100;
  const STILL_FILLING = phrase("still filling");
  const SHARES = { unit: '%', breaks: [10, 25, 50, 75] };
  const SCALES = {
    officer_hours: { unit: phrase("officers per km², on average"), breaks: [0.02, 0.05, 0.1, 0.2], per: 1 },
    cover_hours: { unit: phrase("hours with any officer per km², of 100"), breaks: [1, 5, 10, 25], per: HUNDRED },
    visits: { unit: phrase("visits per km² in 100 hours"), breaks: [5, 10, 20, 50], per: HUNDRED },
    visit_minutes: { unit: 'min', breaks: [5, 10, 20, 40] },
    officers: { unit: phrase("officers there at once, on average"), breaks: [1.2, 1.5, 2, 3] },
    foot: SHARES, vehicle: SHARES, bicycle: SHARES, stationary: SHARES, unknown: SHARES,
    incidents: { unit: phrase("incidents per km² in 100 hours"), breaks: [2, 5, 10, 20], per: HUNDRED },
    crimes: { unit: phrase("crimes per km² in 100 hours"), breaks: [2, 5, 10, 20], per: HUNDRED },
    searches: { unit: phrase("stops and searches per km² in 100 hours"), breaks: [0.2, 0.5, 1, 2], per: HUNDRED },
    found: { unit: '%', breaks: [10, 20, 30, 50] },
  };

  /** Value and range as areas are compared, and why not. */
  function side_by_side(found, measure) {
    const col = found.columns[measure.key];
    const size = measure.added ? found.km2_of_areas : found.km2;
    const per = (values) => values.map((v, i) => (measure.scales ? page.ratio_of(v, size[i]) : v));
    return { value: per(col.value), low: per(col.low), high: per(col.high), why: col.why };
  }

  /** "Officer-hours per km²": what is set side by side. */
  function title_of(measure) {
    return measure.scales ? say("{figure} per km²", { figure: measure.label }) : measure.label;
  }

  /**
   * The Impact Areas, and whatever other areas a filter chooses, with one figure each, by name.
   * @param {string} key of a measure that is told of single areas
   * @param {?object} now measures of all areas under the filter, where known
   * @param {number} weeks before the end of the period that each area has a line of; 0 for none
   */
  function area_rows(state, key = 'officer_hours', now = null, weeks = WEEKS) {
    const [measure, every] = [BY_KEY[key], page.area_places()];
    const shown = every.map((p, i) => i).filter((i) => every[i].role === 'impact' || state.areas.includes(every[i].label));
    const found = side_by_side(now || page.measured(state, every), measure);
    const beside = every.map((p, i) => i).filter((i) => every[i].role === 'comparison' && !state.areas.includes(every[i].label))
      .map((i) => found.value[i]).filter(Number.isFinite);
    const { firsts, lines } = lines_of(state, measure, shown.map((i) => every[i]), weeks);
    const rows = shown.map((i, k) => {
      const row = { area_id: every[i].label, name: every[i].name, role: every[i].role, value: found.value[i], low: found.low[i], high: found.high[i],
        why: found.why[i], weeks: lines.map((l) => l.value[k]), weeks_low: lines.map((l) => l.low[k]), weeks_high: lines.map((l) => l.high[k]) };
      return { ...row, words: words_of(row, measure) };
    });
    const what = !OF_EVENTS.includes(key) ? 'presence' : key === 'found' ? 'searches' : key;
    const filling = firsts.map((first) => page.still_filling(first + 6, what));
    const comparison = beside.length >= page.LEAST_AREAS ? [0.25, 0.5, 0.75].map((share) => page.quantile(beside, share)) : null;
    return { measure, rows, comparison, comparison_areas: beside.length, comparison_words: comparison_words(measure, comparison, beside.length),
      weeks: firsts, title: title_of(measure), weeks_title: weeks_title(firsts, filling), filling };
  }

  function words_of(row, measure) {
    if (!Number.isFinite(row.value)) return say("not known: {why}", { why: row.why });
    return page.stated(measure.key, measure.rate_unit, row.value, row.low, row.high);
  }

  function comparison_words(measure, comparison, n) {
    if (!comparison) return n ? say("fewer than {n} comparison areas are known", { n: page.LEAST_AREAS }) : '';
    const [low, middle, high] = comparison.map((v) => page.bare(measure.key, v, measure.rate_unit));
    return say("comparison areas: median {middle}, middle half {low}–{high} (n = {n})", { low, middle, high, n });
  }

  /** First days of the weeks up to the period's end, and value, low and high of each, by place. */
  function lines_of(state, measure, places, weeks) {
    if (!weeks || !places.length) return { firsts: [], lines: [] };
    const firsts = Array.from({ length: weeks }, (_, k) => state.last - 7 * (weeks - 1 - k) - 6);
    const { time_first } = page.data();
    const nothing = places.map(() => NaN);
    const lines = firsts.map((first) => {
      if (time_first === null || first < time_first) return { value: nothing, low: nothing, high: nothing };
      const span = page.changed_state(state, { first, last: first + 6 });
      return side_by_side(page.measured(span, places, { keys: [measure.key] }), measure);
    });
    return { firsts, lines };
  }

  function weeks_title(firsts, filling) {
    if (!firsts.length) return '';
    const period = page.period_in_words(firsts[0], firsts.at(-1) + 6);
    const weeks = say("{n} weeks, {period}, each line from nought, one scale", { n: firsts.length, period });
    return filling.includes(true) ? say("{weeks}; dotted: {filling}", { weeks, filling: STILL_FILLING }) : weeks;
  }

  /** Runs of rows, in their order, whose ranges overlap so that their order says nothing: [first, last] of each of two and more. */
  function alike(rows) {
    const runs = [];
    const ends = rows.map((r) => (Number.isFinite(r.low) ? [r.low, r.high] : [r.value, r.value]));
    let start = 0;
    for (let i = 1; i <= rows.length; i += 1) {
      if (i < rows.length && ends[i][0] <= ends[start][1] && ends[i][1] >= ends[start][0]) continue;
      if (i - start > 1) runs.push([start, i - 1]);
      start = i;
    }
    return runs;
  }

  // --- map ----------------------------------------------------------------------------------------------------------------

  /**
   * The class of each area, 0 to 4 or −1 for not known, with the words of the legend.
   * @param {?object} areas measures of every area under the filter, where known
   */
  function map_classes(state, key, areas = null) {
    const [scale, measure, found] = [SCALES[key], BY_KEY[key], areas || page.measured(state, page.area_places())];
    let { value: values } = side_by_side(found, measure);
    if (scale.per) {
      const hours = frame_hours(state, OF_EVENTS.includes(key));
      values = values.map((v) => (hours ? (v * scale.per) / hours : NaN));
    }
    const classes = values.map((v) => (Number.isFinite(v) ? scale.breaks.filter((b) => v >= b).length : NOT_KNOWN));
    const plain = scale.unit === '%' || scale.unit === 'min';
    const ends = scale.breaks.map((b) => (b >= 1 ? number(b) : String(b)));
    const between = ends.slice(1).map((end, i) => `${ends[i]}–${end}`);
    return { key, area_ids: found.places.map((p) => p.label), values, classes, whys: side_by_side(found, measure).why,
      title: plain ? `${measure.label}, ${scale.unit}` : capitalised(scale.unit),
      labels: [say("under {n}", { n: ends[0] }), ...between, say("{n} and more", { n: ends[3] })] };
  }

  /** Hours that a filter keeps: of officers' time those with data, of events those of its days. */
  function frame_hours(state, of_events) {
    if (of_events) return page.day_spans(state).reduce((sum, [begin, end]) => sum + Math.max(end - begin, 0), 0);
    const { moment_day, moment_hour, totals, total_hours } = page.data();
    let hours = 0;
    for (const i of page.kept(state)) hours += moment_hour[i] === page.WHOLE_DAY ? total_hours[i - (moment_day.length - totals)] : 1;
    return hours;
  }

  const SHOWN = page.MEASURES.filter((m) => m.by_area).map((m) => m.key);
  Object.assign(page, { SCALES, SHOWN, NEVER_SORTED: ['searches'], side_by_side, area_rows, alike, map_classes, frame_hours });
})((window.page = window.page || {}));
