'use strict';
/* What must be said beside the figures of a filter: ia_plugin/core/material/notes.py. */
(function (page) {
  const { say, phrase, count_of, in_a_row, lowered, capitalised } = page;
  const OVERLAP_CHOSEN = phrase("Some areas overlap: time and events on shared ground count in each of the areas chosen, so together they hold it twice.");
  const OVERLAP_ROLE = phrase("Some areas overlap: time and events on shared ground count once in the figures of all Impact Areas; cover and visits are added over areas, and so are the km² that they are divided by.");
  const OVERLAP_BESIDE = phrase("Some areas overlap: shared ground counts in each area's own row.");

  /**
   * All that must be said beside the figures of a filter and of an earlier period.
   * @returns {{time: string[], events: string[], both: string[]}} of officers' time, of events, of both
   */
  function notes_of(state, earlier = null) {
    const periods = [[state, phrase("This period")], ...(earlier ? [[earlier, phrase("The earlier period")]] : [])];
    const time = periods.flatMap(([span, which]) => days_without_time(span, which));
    const events = periods.flatMap(([span, which]) => days_without_records(span, which));
    const [of_time, of_events] = filling_notes(state);
    time.push(...of_time);
    events.push(...of_events);
    const both = earlier ? cut_notes(periods) : [];
    both.push(...periods.flatMap(([span, which]) => part_time_notes(span, which, page.compared_areas(state))));
    both.push(...overlap_notes(state));
    events.push(...coarse_notes(state, page.chosen_place(state).rows));
    time.push(...page.month_notes(state));
    if (Object.keys(state.groups).length || state.modes.length) {
      time.push(phrase("Shares are of officer time under the same filter."));
      events.push(phrase("Events have no unit, department, role, resource type or mode: they are not filtered by it."));
    }
    if (state.kinds.length || state.categories.length || state.key_types.length) time.push(phrase("Officer time is not filtered by events."));
    return { time: [...time, ...page.data().caveats], events, both: [...new Set(both)] };
  }

  function days_without_time(state, period) {
    const [days, n] = [page.days_asked(state).length, page.days_of_data(state)];
    if (n === days) return [];
    return [n ? say("{period} has data on {n} of its {days} days.", { period, n, days }) : say("{period} has no data of officers' time.", { period })];
  }

  function days_without_records(state, which) {
    const days = page.days_asked(state).length;
    const of_days = new Map();
    for (const [kind, name] of Object.entries(page.NAMES_OF_KINDS)) {
      if (!page.data().kinds.has(kind) || (state.kinds.length && !state.kinds.includes(kind))) continue;
      const n = page.covered_days(state, kind).length;
      of_days.set(n, [...(of_days.get(n) || []), name]);
    }
    return [...of_days].filter(([n]) => n < days).map(([n, names]) => (
      say("{kinds}: records cover {n} of the {days} days of {period}.", { kinds: capitalised(page.listed(names)), n, days, period: lowered(which) })));
  }

  function filling_notes(state) {
    const found = { time: [], events: [] };
    for (const what of ['presence', ...Object.keys(page.KIND_OF)]) {
      const own = what === 'presence';
      if (!own && state.kinds.length && !state.kinds.includes(page.KIND_OF[what])) continue;
      const why = page.why_filling(state, what);
      const name = own ? phrase("Officers' time") : capitalised(page.NAMES_OF_KINDS[page.KIND_OF[what]]);
      if (why) found[own ? 'time' : 'events'].push(`${name}: ${why}.`);
    }
    return [found.time, found.events];
  }

  /** Areas that count for a part of a period only. */
  function part_time_notes(state, which, areas) {
    const [asked, counted] = [page.days_asked(state).length, page.days_counted(state)];
    return page.data().areas.filter((a) => counted[a.id] < asked && areas.includes(a.id)).map((a) => (
      say("{area} counts on {n} of the {days} days of {period}.", { area: a.name, n: counted[a.id], days: asked, period: lowered(which) })));
  }

  /** A sentence where records of a place tell their time too coarsely for the filter, with their number. */
  function coarse_notes(state, rows, kinds = [], fine = state.precisions) {
    if (fine.length === 3) return [];
    const names = Object.entries(page.NAMES_OF_KINDS).filter(([kind]) => {
      const among = kinds.length ? kinds : state.kinds;
      return !among.length || among.includes(kind);
    });
    const parts = [];
    let total = 0;
    for (const precision of ['month', 'day']) {
      const counts = names.map(([kind, name]) => [page.coarse_count(state, rows, [kind], fine, precision), name]);
      const records = in_a_row(counts.filter(([n]) => n).map(([n, name]) => count_of(n, name)));
      if (records && precision === 'month') parts.push(say("{records} known by month only", { records }));
      else if (records) parts.push(say("{records} known by day only", { records }));
      total += counts.reduce((sum, [n]) => sum + n, 0);
    }
    if (!parts.length) return [];
    const values = { records: in_a_row(parts), where: out_of(state, fine) };
    return [total === 1 ? say("{records} is {where}.", values) : say("{records} are {where}.", values)];
  }

  function out_of(state, fine) {
    if (fine.length === 1) return phrase("not in a frame of hours");
    if (fine.join() === state.precisions.join()) {
      return state.any_time ? phrase("counted in whole calendar months alone") : phrase("not in a choice of weekdays");
    }
    return phrase("not in a chart of days");
  }

  /** Notes of people that fall into periods that are compared, and concern what is compared, and so cut the comparison. */
  function cut_notes(periods) {
    return page.data().notes.flatMap((note) => {
      const cut = periods.filter(([state]) => touches(note, state)).map(([, which]) => lowered(which));
      if (!cut.length) return [];
      return [say("Cut by a note: {note} ({day}), in {periods}.", { note: note.text, day: page.day_in_words(note.day), periods: in_a_row(cut) })];
    });
  }

  function touches(note, state) {
    const begin = 24 * state.first + (state.wraps ? state.hour_from : 0);
    const end = 24 * (state.last + 1) + (state.wraps ? state.hour_to : 0);
    return note.from < end && note.to >= begin && concerns(note, page.compared_areas(state), state.units);
  }

  /** Whether a note is on some areas and units: one on none in particular is on all, and so is every note where none are chosen. */
  function concerns(note, areas, units) {
    const other = (own, some) => own && some.length && !some.includes(own);
    return !other(note.area, areas) && !other(note.unit, units);
  }

  /** Notes of days that concern the places and units of a filter, by time: [{first, last, text}], days as numbers. */
  function marks_in(state, first, last) {
    const found = page.data().notes.filter((n) => n.day <= last && n.last_day >= first && concerns(n, state.areas, state.units));
    const text = (m) => m.text;
    return found.map((n) => ({ first: n.day, last: n.last_day, text: n.text }))
      .sort((a, b) => a.first - b.first || a.last - b.last || (text(a) < text(b) ? -1 : 1));
  }

  function overlap_notes(state) {
    if (!page.data().overlapping) return [];
    if (!state.areas.length) return [OVERLAP_ROLE];
    return [state.areas.length > 1 ? OVERLAP_CHOSEN : OVERLAP_BESIDE];
  }

  Object.assign(page, { notes_of, coarse_notes, marks_in });
})((window.page = window.page || {}));
