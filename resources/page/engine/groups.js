'use strict';
/* Officer time by unit, department, role or resource type of closed months: ia_plugin/core/material/by_group.py and ask.py. */
(function (page) {
  const { say, phrase } = page;
  const OTHER = 'other';
  const BY_MONTH = phrase("units, departments, roles and resource types are shown for whole closed months: choose a month");
  const NOT_CLOSED = phrase("units, departments, roles and resource types of a month are shown when it is closed");
  const ONE_AT_A_TIME = phrase("units, departments, roles and resource types are shown one at a time");
  const NOT_BY_MODE = phrase("by unit, department, role or resource type only officer time is shown");
  const BY_GROUP = phrase("By unit, department, role and resource type officer time is");
  const TOO_FEW = phrase("withheld, since alone or beside what is published it would tell the time of fewer than five officers");
  const LONGER_HOURS = phrase("published of longer hours only, since fewer than five officers would stand behind some of these alone");
  const ONE_AREA = phrase("withheld for this area, since alone or beside what is published it would tell the time of fewer than five officers");
  const SOME_AREAS = phrase("withheld for some of these areas, since alone or beside what is published it would tell the time of fewer than five officers");
  const AREA_ALL_HOURS = phrase("for single areas kept of all hours and weekdays of a month only, not of a part of them");
  const SHARED_GROUND = phrase("not kept for an area that shares ground with another, only for all areas of its role together");
  const HIDDEN = [TOO_FEW, LONGER_HOURS, ONE_AREA, SOME_AREAS, AREA_ALL_HOURS, SHARED_GROUND];
  const ALL_OF_THEM = phrase("this chart shows all units, departments, roles or resource types beside each other: choose none of them in the filter");
  const ALL_OF = {
    units: phrase("units"), departments: phrase("departments"), officer_roles: phrase("roles"), resources: phrase("resource types"),
  };
  const EVERYBODY = { units: [], departments: [], officer_roles: [], resources: [] };

  /** What a filter asks by group: {dimension, values, months, why}; null where it asks nothing. */
  function asked_by_group(state) {
    const chosen = Object.entries(state.groups);
    if (!page.data().groups || !chosen.length) return null;
    if (chosen.length > 1) return { why: ONE_AT_A_TIME };
    if (state.modes.length) return { why: NOT_BY_MODE };
    const [months, why] = months_asked(state);
    return { dimension: chosen[0][0], values: chosen[0][1], months, why };
  }

  /** [first days of the closed months that a filter asks whole, why they cannot be shown by group] */
  function months_asked(state) {
    const closed = page.data().closed_months.map(([first]) => first);
    if (!closed.length) return [[], NOT_CLOSED];
    const whole = page.parts_of(state.first).day === 1 && page.parts_of(state.last + 1).day === 1;
    if (!whole || state.wraps) return [[], BY_MONTH];
    const wanted = [];
    for (let day = state.first; day <= state.last; day = page.first_of_month(day, 1)) wanted.push(day);
    return wanted.every((day) => closed.includes(day)) ? [wanted, ''] : [[], NOT_CLOSED];
  }

  /**
   * The rows of a dimension in some months that a filter of hours and weekdays keeps; the places with any time, those of which nothing
   * is published in some month, those of which it cuts a block, and the groups published of each at whatever hours.
   */
  function shown_rows(state, dimension, months) {
    return page.once(state.when, `groups ${dimension} ${months}`, () => {
      const own = page.data().groups.filter((r) => r.dimension === dimension && months.includes(r.month));
      const [inside, cut, months_at, values] = [[], new Set(), new Map(), new Map()];
      for (const row of own) {
        let hours = 0;
        for (let h = row.first_hour; h < row.first_hour + row.hours; h += 1) hours += state.in_hour[h];
        const day_in = row.weekday < 0 ? state.weekdays.length === 7 : state.on_weekday[row.weekday];
        const day_out = row.weekday >= 0 && !state.on_weekday[row.weekday];
        if (hours === row.hours && day_in) inside.push(row);
        else if (hours && !day_out) cut.add(row.row);
        months_at.set(row.row, (months_at.get(row.row) || new Set()).add(row.month));
        values.set(row.row, (values.get(row.row) || new Set()).add(row.value));
      }
      const there = with_time(state);
      const short = new Set([...there].filter((label) => (months_at.get(label) || new Set()).size < months.length));
      return { rows: inside, there, short, cut, values };
    });
  }

  /** Rows with any officers' time, at police sites too, on the days of a filter. */
  function with_time(state) {
    const whole = page.changed_state(state, { hour_from: 0, hour_to: 24, weekdays: [] });
    const [outside, at_sites] = [page.time_rows(whole, 'seconds', false), page.time_rows(whole, 'seconds', true)];
    return new Set(page.data().rows.filter((_, row) => outside[row] + at_sites[row] > 0));
  }

  /** Officer seconds, variance and systematic part of the chosen groups at places, NaN where they are not shown, and why: [[s], [s²], [s], [why]]. */
  function group_seconds(state, asked, places) {
    const table = shown_rows(state, asked.dimension, asked.months);
    const values = asked.values.filter((v) => v !== OTHER);
    const whys = places.map((place) => why_hidden(table, place.rows, values));
    const sums = places.map((place, i) => (whys[i] ? [NaN, NaN, NaN] : of_place(table, place.rows, values)));
    return [...[0, 1, 2].map((k) => sums.map((s) => s[k])), whys];
  }

  function of_place(table, labels, values) {
    const found = table.rows.filter((r) => labels.includes(r.row) && values.includes(r.value));
    return ['officer_seconds', 'variance', 'systematic'].map((name) => page.sum_of(found.map((r) => r[name])));
  }

  /** Why time by group is not shown at the rows of a place: of some values, or of none in particular; blank where it is. */
  function why_hidden(table, labels, values = []) {
    const why = labels.filter((label) => table.there.has(label)).map((label) => why_hidden_at(table, label, values)).find(Boolean) || '';
    return why === ONE_AREA && labels.length > 1 ? SOME_AREAS : why;
  }

  function why_hidden_at(table, label, values) {
    const [own, role] = [table.values.get(label) || new Set(), label.startsWith('(')];
    const unknown = values.some((v) => !own.has(v));
    // A value that is not shown beside "other", or of a single area, is not known; beside all others it was not there.
    if (table.short.has(label) || (unknown && (own.has(OTHER) || !role))) {
      if (role) return TOO_FEW;
      return page.facts.sharing.some((pair) => pair.includes(label)) ? SHARED_GROUND : ONE_AREA;
    }
    if (table.cut.has(label)) return role ? LONGER_HOURS : AREA_ALL_HOURS;
    return '';
  }

  /** Officer hours of a place by the values of a dimension, "other" among them: {value: hours}; null where they are not shown. */
  function hours_by_value(state, dimension, place) {
    const [months, why] = months_asked(state);
    if (why || Object.keys(state.groups).length || state.modes.length) return null;
    const table = shown_rows(state, dimension, months);
    const parts = place.rows.filter((label) => table.there.has(label)).map((label) => table.rows.filter((r) => r.row === label));
    if (!parts.length || parts.some((p) => !p.length) || why_hidden(table, place.rows)) return null;
    const everything = new Set(table.rows.map((r) => r.value).filter((v) => v !== OTHER));
    // A value that is part of "other" somewhere is part of it in the sum.
    const alone = [...everything].filter((value) => parts.every((p) => !p.some((r) => r.value === OTHER) || p.some((r) => r.value === value)));
    const found = {};
    for (const row of parts.flat()) {
      const value = alone.includes(row.value) ? row.value : OTHER;
      found[value] = (found[value] || 0) + row.officer_seconds;
    }
    for (const value of Object.keys(found)) found[value] /= 3600;
    return found;
  }

  /** What is shown by group, and the last month of it. */
  function closed_months_in_words(subject = BY_GROUP) {
    const last = page.data().closed_months.at(-1);
    const which = last ? say("the last of them is {period}", { period: page.period_in_words(...last) }) : phrase("none can be shown yet");
    return say("{subject} shown of whole closed months: {last}.", { subject, last: which });
  }

  function closed_months_until(last) {
    const months = page.data().closed_months;
    const some = months.filter(([first]) => first <= last);
    return some.length ? some : months;
  }

  // --- what is offered where it is not told -------------------------------------------------------------------------------

  function why_not(state, dimension) {
    const asked = asked_by_group(state);
    if (asked && asked.why) return asked.why;
    if (page.data().groups && dimension) {
      if (state.modes.length) return NOT_BY_MODE;
      if (Object.keys(state.groups).length) return ALL_OF_THEM;
      const [months, why] = months_asked(state);
      if (why) return why;
      const place = page.chosen_place(state);
      if (hours_by_value(state, dimension, place)) return '';
      return why_hidden(shown_rows(state, dimension, months), place.rows) || page.NO_TIME;
    }
    return asked ? group_seconds(state, asked, [page.chosen_place(state)])[3][0] : '';
  }

  function nearest(state, dimension) {
    const found = [];
    const own = dimension ? [state, page.changed_state(state, { ...EVERYBODY, modes: [] })] : [state];
    const of_all = own.filter((some) => some.areas.length).map((some) => page.changed_state(some, { areas: [] }));
    for (const some of [...own, ...of_all]) {
      found.push(some);
      for (const [first, last] of closed_months_until(state.last).slice(-1)) {
        const month = { first, last };
        found.push(page.changed_state(some, month), page.changed_state(some, { ...month, hour_from: 0, hour_to: 24 }),
          page.changed_state(some, { ...month, hour_from: 0, hour_to: 24, weekdays: [] }));
      }
    }
    return found;
  }

  /** What a filter that is told is called beside the one it stands for. */
  function called(other, state) {
    const same = (name) => page.python_json(other[name]) === page.python_json(state[name]);
    const parts = same('first') && same('last') ? [] : [page.month_in_words(other.first)];
    if (!same('weekdays')) parts.push(phrase("every day"));
    if (!same('hour_from') || !same('hour_to')) parts.push(phrase("all hours"));
    for (const [name, words] of Object.entries(ALL_OF)) if (!same(name)) parts.push(say("all {groups}", { groups: words }));
    if (!same('modes')) parts.push(phrase("all modes"));
    if (!same('areas')) parts.push(phrase("all Impact Areas"));
    return parts.join(', ');
  }

  /** Why published tables do not tell the officer time of a filter, or a chart of it by a dimension: {why, instead, offer}; null where they do. */
  function refusal_of(state, dimension = '') {
    const why = why_not(state, dimension);
    if (!why) return null;
    const by_month = why === BY_MONTH || why === NOT_CLOSED;
    const words = by_month ? closed_months_in_words() : `${page.capitalised(why)}.`;
    const own = page.python_json(page.as_dict(state));
    for (const other of nearest(state, dimension)) {
      if (page.python_json(page.as_dict(other)) !== own && !why_not(other, dimension)) {
        const either = by_month && other.areas.length !== state.areas.length ? in_vain(state, dimension) : [];
        return { why: [words, ...either].join(' '), instead: page.state_of(page.as_dict(other)), offer: called(other, state) };
      }
    }
    return { why: [words, ...(by_month ? in_vain(state, dimension) : [])].join(' '), instead: null, offer: '' };
  }

  /** Who would choose the offered month by himself is told before that it would be in vain, and why. */
  function in_vain(state, dimension) {
    const months = closed_months_until(state.last).slice(-1);
    const whys = months.map(([first, last]) => why_not(page.changed_state(state, { first, last, hour_from: 0, hour_to: 24, weekdays: [] }), dimension));
    return whys.filter((why) => HIDDEN.includes(why)).map((why) => say("For this choice it is not told in that month either: {why}.", { why }));
  }

  /** A sentence where groups are asked of something else than whole closed months. */
  function month_notes(state) {
    const asked = asked_by_group(state);
    return asked && [BY_MONTH, NOT_CLOSED].includes(asked.why) ? [closed_months_in_words()] : [];
  }

  Object.assign(page, { NOT_BY_MODE, asked_by_group, group_seconds, hours_by_value, refusal_of, month_notes });
})((window.page = window.page || {}));
