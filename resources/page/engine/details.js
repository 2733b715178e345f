'use strict';
/* Who was there, what their time is linked to, and stop and search: ia_plugin/core/charts/bars.py and choice.py. */
(function (page) {
  const { phrase } = page;
  const LINKED = {
    incident_reference: phrase("at or near an incident, linked by reference"),
    search_reference: phrase("at a stop and search, linked by reference"),
    search_place_time: phrase("at or near a stop and search, by place and time"),
    incident_place_time: phrase("at or near an incident, by place and time"),
    police_site: phrase("at a police site"),
    on_foot: phrase("on foot, nothing linked"),
    in_vehicle: phrase("in a vehicle, nothing linked"),
    on_bicycle: phrase("on a bicycle, nothing linked"),
    stopped: phrase("stopped, reason not recorded"),
  };
  const ACTIVITY_WORDS = { not_known: phrase("not known"), ...LINKED }; // printed in this order: what is not known first
  const MODE_OF = { on_foot: 'foot', in_vehicle: 'vehicle', on_bicycle: 'bicycle', stopped: 'stationary' };

  function with_shares(rows) {
    const whole = page.sum_of(rows.map((r) => r.value));
    return rows.map((r) => ({ ...r, percent: whole > 0 ? (100 * r.value) / whole : NaN, low: NaN, high: NaN }));
  }

  /** Bars with the share that each has in the comparison areas, and what is said beside them; why and refusal where there are none. */
  function bars_of(rows, beside, notes, why = '', refusal = null) {
    const others = new Map(beside.map((r) => [r.key, r]));
    const words = (r) => (page.known(r.low) && page.known(r.high) ? page.mode_share(r.percent, r.low, r.high, true) : page.share(r.percent));
    const bars = rows.map((r) => {
      const other = others.get(r.key) || { percent: NaN, low: NaN, high: NaN };
      return { ...r, share: words(r), comparison: other.percent, comparison_low: other.low, comparison_high: other.high,
        comparison_share: page.known(other.percent) ? words(other) : '' };
    });
    const said = bars.length && others.size ? [...notes, phrase("The tick on a bar is the share that the same has in the comparison areas.")] : notes;
    return bars.length ? { bars, notes: said, why: '', refusal: null } : { bars, notes: [], why: why || page.NO_DATA, refusal };
  }

  /**
   * Officer hours by the values of a dimension (unit, department, officer_role, resource_type), by name, "other" last.
   * @returns {{bars: object[], notes: string[], why: string, refusal: ?object}} bars [{key, label, value (hours), percent, share, comparison}]
   */
  function group_hours(state, dimension) {
    const of = (place) => {
      const spent = page.hours_by_value(state, dimension, place) || {};
      const names = Object.keys(spent).filter((key) => spent[key] > 0);
      names.sort((a, b) => (a === 'other') - (b === 'other') || (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
      const label = (key) => (dimension === 'resource_type' ? key.replaceAll('_', ' ') : key);
      return with_shares(names.map((key) => ({ key, label: label(key), value: spent[key] })));
    };
    const rows = of(page.chosen_place(state));
    const refusal = rows.length ? null : page.refusal_of(state, dimension);
    const notes = rows.some((r) => r.key === 'other') ? [phrase("Groups of fewer than five officers are shown together as “other”.")] : [];
    return bars_of(rows, of(page.comparison_place(state)), notes, refusal ? refusal.why.replace(/\.$/, '') : '', refusal);
  }

  /**
   * Officer time by what it is linked to, not known first: by whole days, in all modes.
   * @returns {{bars: object[], notes: string[], why: string}} bars [{key, label, value (hours), percent, low, high, share, comparison, comparison_low, comparison_high, comparison_share}]
   */
  function activities(state) {
    if (!state.any_hour) return bars_of([], [], [], phrase("activities are told of whole days: choose all hours"));
    if (state.modes.length) return bars_of([], [], [], phrase("activities are told of all modes together: choose no mode"));
    if (Object.keys(state.groups).length) return bars_of([], [], [], page.NOT_BY_MODE);
    const untold = page.whys_untold(state, [page.chosen_place(state)])[0];
    if (untold) return bars_of([], [], [], untold);
    const notes = [phrase("Time linked by place and time may be chance."),
      phrase("The likely range of a mode counts in its part of what cannot be told, and comes from how differently people move.")];
    const others = page.comparison_place(state);
    return bars_of(activity_rows(state, page.chosen_place(state)), page.whys_untold(state, [others])[0] ? [] : activity_rows(state, others), notes);
  }

  function activity_rows(state, place) {
    const { arrays, base, day_count, rows } = page.data();
    const names = page.facts.activities;
    const [at, days] = [page.rows_at(place.rows), page.days_asked(state).map((d) => d - base).filter((d) => d >= 0 && d < day_count)];
    const spent = (activity) => {
      const begin = names.indexOf(activity);
      if (begin < 0 || activity === 'police_site') return 0;
      let seconds = 0;
      for (const row of at) for (const day of days) seconds += arrays.activity_seconds[(begin * rows.length + row) * day_count + day];
      return seconds / 3600;
    };
    const found = Object.keys(ACTIVITY_WORDS).map((activity) => ({ key: activity, label: ACTIVITY_WORDS[activity], value: spent(activity) }));
    return with_ranges(with_shares(found.filter((r) => r.value > 0)), page.officers_at_least(state, [place])[0]);
  }

  /** The ends of the range of each share that hangs on the mode alone, of the time that nothing else claims. */
  function with_ranges(rows, officers) {
    const sum = (name, among) => rows.filter(among).reduce((all, r) => all + r[name], 0);
    const by_mode = (r) => r.key in MODE_OF;
    const unlinked = (r) => by_mode(r) || r.key === 'not_known';
    const [whole, hours, told] = [sum('percent', unlinked), sum('value', unlinked), sum('percent', by_mode)];
    return rows.map((r) => {
      if (!by_mode(r) || !(whole > 0)) return { ...r, low: NaN, high: NaN };
      const [low, high] = page.share_range(r.percent / whole, told / whole, hours, officers, MODE_OF[r.key]);
      return { ...r, low: Math.min(low * whole, r.percent), high: Math.max(high * whole, r.percent) };
    });
  }

  /**
   * Stops and searches: hours of the week beside recorded demand, the mismatch, and the share of finds by area, withheld of few.
   * @param {string} against crimes, incidents or demand
   * @returns {{grids: object[], lead: string, notes: string[], areas: object[], counts: object}} areas: rows of area_rows(state, "found")
   */
  function searches(state, against = 'crimes') {
    const grids = page.week_pair(state, 'searches', against);
    const told = !grids.some((g) => g.why);
    return { grids, lead: told ? page.mismatch_in_words(...grids) : '', notes: [page.FAIRNESS],
      areas: page.area_rows(state, 'found', null, 0).rows, counts: page.area_rows(state, 'searches', null, 0) };
  }

  Object.assign(page, { group_hours, activities, searches, ACTIVITY_WORDS });
})((window.page = window.page || {}));
