'use strict';
/* What the page shows of a filter: figures, verdict, tiles, areas (ia_plugin/core/material/figures.py, dashboard/overview.py). */
(function (page) {
  const { say, phrase, amount, bare, known, stated, MEASURES } = page;
  const SHARED_TIMES = phrase("Events of uncertain time are shared over hours: counts may have decimals.");

  /** Median, least and most of the areas that have a value, and how many have. */
  function spread(values) {
    const some = values.filter(Number.isFinite);
    return some.length ? [page.median(some), Math.min(...some), Math.max(...some), some.length] : [NaN, NaN, NaN, 0];
  }

  /** Whether any count of events is no whole number, for events of uncertain time are shared over hours. */
  function any_part(table) {
    const counts = table.filter((row) => row.key in page.KIND_OF).flatMap((row) => [row.value, row.earlier, row.comparison]);
    return counts.some((n) => Number.isFinite(n) && Math.abs(n - Math.round(n)) >= page.TINY);
  }

  /**
   * Every figure of a filter: rows as of Figures.table, searches with a result, number and notes.
   * @param {string} comparison none, before or year
   */
  function figures(state, comparison = 'before') {
    const [here, others] = [page.chosen_place(state), page.comparison_place(state)];
    const own = here.areas.length > 1 ? page.area_places(here.areas) : [];
    const rest = page.ids_of_role('comparison').filter((a) => !state.areas.includes(a));
    const now = page.measured(state, [here, others, ...own, ...(rest.length ? page.area_places(rest) : [])]);
    const earlier = page.earlier_of(state, comparison);
    const before = earlier ? page.measured_earlier(earlier, [here], state) : null;
    const table = MEASURES.filter((m) => m.key !== 'bicycle' || page.data().has_bicycle).map((m) => row_of(m, now, before, own.length));
    const results = now.columns.results.value[0];
    const notes = page.notes_of(state, earlier);
    return {
      table, results: Number.isFinite(results) ? results : 0, number: page.figure_number(state, comparison),
      notes: { ...notes, events: [...notes.events, ...(any_part(table) ? [SHARED_TIMES] : [])] },
    };
  }

  function row_of(measure, now, before, own) {
    const { key, label, help, unit, rate_unit } = measure;
    const col = now.columns[key];
    const past = before ? before.columns[key] : { value: [NaN], low: [NaN], high: [NaN], why: [''] };
    const rates = page.compared(now, measure);
    const of_areas = measure.by_area ? rates : rates.map(() => NaN);
    const [area_median, area_low, area_high, areas] = spread(of_areas.slice(2, 2 + own));
    const [comparison_median, comparison_low, comparison_high, comparison_areas] = spread(of_areas.slice(2 + own));
    return {
      key, label, help, unit, rate_unit, value: col.value[0], low: col.low[0], high: col.high[0], why: col.why[0], rate: rates[0],
      area_median, area_low, area_high, areas, earlier: past.value[0], earlier_low: past.low[0], earlier_high: past.high[0], earlier_why: past.why[0],
      comparison: col.value[1], comparison_range_low: col.low[1], comparison_range_high: col.high[1], comparison_rate: rates[1],
      comparison_median, comparison_low, comparison_high, comparison_areas,
    };
  }

  /**
   * Each figure as text, the same statistic under the same name on both sides (answers/figure_words.rows_of).
   * @param {object[]} table rows of figures()
   */
  function rows_of(table) {
    return table.map((r) => {
      const unit = r.rate_unit;
      const scales = unit !== r.unit;
      return {
        key: r.key, label: r.label, why: r.why,
        here: stated(r.key, r.unit, r.value, r.low, r.high),
        rate: scales ? amount(r.rate, unit) : '',
        areas: of_areas(r.key, r.area_median, r.area_low, r.area_high, unit),
        earlier: stated(r.key, r.unit, r.earlier, r.earlier_low, r.earlier_high),
        comparison: stated(r.key, r.unit, r.comparison, r.comparison_range_low, r.comparison_range_high),
        comparison_rate: scales ? amount(r.comparison_rate, unit) : '',
        comparison_areas: of_areas(r.key, r.comparison_median, r.comparison_low, r.comparison_high, unit),
      };
    });
  }

  /** Median and range of areas: "12.3 h per km² (3.1 to 80.2)"; blank where there are none. */
  function of_areas(key, median, low, high, unit) {
    if (!known(median)) return '';
    const [middle, least, most] = [median, low, high].map((v) => bare(key, v, unit));
    return say("{figure} ({least} to {most})", { figure: [middle, unit].filter(Boolean).join(' '), least, most });
  }

  /**
   * What part of all recorded crime, of all incidents and of the force's land the places of a filter have, per cent: the first line of
   * any board output (answers/sentences.headline). NaN where it is not known, of areas that share ground, and of fewer than ten records.
   * @returns {{crimes: number, incidents: number, land: number}}
   */
  function of_force(state) {
    const place = page.chosen_place(state);
    const shared = page.facts.sharing.some((pair) => place.rows.length > 1 && pair.every((id) => place.rows.includes(id)));
    if (shared || !place.rows.length) return { crimes: NaN, incidents: NaN, land: NaN };
    const { columns, km2 } = page.measured(state, [place, page.whole_force()], { keys: ['crimes', 'incidents'] });
    const part = ([own, all]) => (all >= page.LEAST_OF_PERCENT ? (100 * own) / all : NaN);
    const rest = page.sum_of(page.facts.areas.filter((a) => a.role === 'rest').map((a) => a.km2));
    const roles = page.sum_of(Object.values(page.facts.roles).map((role) => role.km2));
    return { crimes: part(columns.crimes.value), incidents: part(columns.incidents.value), land: rest > 0 ? (100 * km2[0]) / (rest + roles) : NaN };
  }

  /**
   * The front of the page.
   * @returns {{state: object, verdict: ?object, refusal: ?object, tiles: object[], table: object[], number: string, notes: object, areas: object}}
   *   the notes with why not all of what was asked is shown, by the rules of release
   */
  function overview(state, comparison = 'before') {
    const found = figures(state, comparison);
    const areas = page.measured(state, page.area_places());
    const refusal = page.refusal_of(state);
    const compared = !refusal && !Object.keys(state.groups).length && page.ids_of_role('comparison').length > 0;
    return {
      ...found, state, areas, refusal, of_force: of_force(state), verdict: compared ? page.verdict_of(state) : null,
      notes: { ...found.notes, time: [...state.no_narrower, ...found.notes.time], events: [...state.held_back, ...found.notes.events], both: [...state.cut_short, ...found.notes.both] },
      tiles: page.tiles_of(state, found.table, found.results, comparison, areas),
    };
  }

  Object.assign(page, { figures, of_force, overview, rows_of, spread });
})((window.page = window.page || {}));
