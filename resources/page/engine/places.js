'use strict';
/* What figures are of: ia_plugin/core/material/places.py, and how much ground it has: material/days.py, summaries/ground_size.py. */
(function (page) {
  const { phrase } = page;
  const [IMPACT, COMPARISON, NO_PLACE] = ['(impact)', '(comparison)', '(no place)'];
  const PARTS = ['(site)', IMPACT, COMPARISON, '(buffer)', '(other)', '(rest)', NO_PLACE]; // each second and each record once
  const PLACE_NAMES = { [IMPACT]: phrase("Impact Areas"), [COMPARISON]: phrase("Comparison areas") };

  function none(label, role) {
    return { label, name: PLACE_NAMES[label], role, rows: [], areas: [], with_sites: false };
  }

  function ids_of_role(role) {
    return page.data().areas.filter((a) => a.role === role).map((a) => a.id);
  }

  /** All areas of a role, ground that two of them share once. */
  function role_place(label) {
    const role = label.slice(1, -1);
    return { label, name: PLACE_NAMES[label], role, rows: [label], areas: ids_of_role(role), with_sites: false };
  }

  /** Areas by name, each a place; all of them where none is named. */
  function area_places(among = []) {
    const wanted = new Set(among);
    return page.data().areas.filter((a) => !wanted.size || wanted.has(a.id)).map((a) => (
      { label: a.id, name: a.name, role: a.role, rows: [a.id], areas: [a.id], with_sites: false }));
  }

  function whole_force() {
    return { label: '(all)', name: '', role: 'all', rows: PARTS, areas: [], with_sites: true };
  }

  function together(areas, name) {
    const some = areas.length ? area_places(areas) : [];
    if (some.length === 1) return some[0];
    const ids = some.map((p) => p.label);
    return { label: '(chosen)', name, role: '', rows: ids, areas: ids, with_sites: false };
  }

  /** The areas that a filter chooses, together; all Impact Areas where it chooses none. */
  function chosen_place(state) {
    if (!state.areas.length) return page.data().roles[IMPACT] ? role_place(IMPACT) : none(IMPACT, 'impact');
    return together(state.areas, phrase("chosen areas"));
  }

  /** The comparison areas together, without those that the filter chooses; none where they share ground with others. */
  function comparison_place(state) {
    const every = ids_of_role('comparison');
    const others = every.filter((a) => !state.areas.includes(a));
    if (!others.length) return none(COMPARISON, 'comparison');
    if (others.length === every.length) return role_place(COMPARISON);
    const { areas, roles } = page.data();
    const single = page.sum_of(areas.filter((a) => a.role === 'comparison').map((a) => a.km2));
    const alone = Math.abs(single - roles[COMPARISON].km2) <= 1e-6;
    return alone ? together(others, PLACE_NAMES[COMPARISON]) : none(COMPARISON, 'comparison');
  }

  /** The areas that stand in a figure's row: those chosen, and the comparison areas. */
  function compared_areas(state) {
    return [...chosen_place(state).areas, ...ids_of_role('comparison')];
  }

  // --- ground and days ---------------------------------------------------------------------------------------------------

  /** Mean ground, km², of each area and role in the time that a filter keeps: an area counts while it is valid. */
  function ground_of(state) {
    return page.once(state.when, 'ground', () => {
      const { spans } = page.data();
      if (spans.length < 2) return spans.length ? spans[0].km2 : {};
      const times = page.day_spans(state);
      const whole = times.reduce((sum, [a, b]) => sum + (b - a), 0);
      const shares = spans.map((span) => {
        const [begin, end] = [begins(span.begin), begins(span.end + 1)];
        const inside = times.reduce((sum, [a, b]) => sum + Math.max(Math.min(b, end) - Math.max(a, begin), 0), 0);
        return whole > 0 ? inside / whole : 0;
      });
      const found = {};
      for (const span of spans) for (const label of Object.keys(span.km2)) found[label] = 0;
      for (const label of Object.keys(found)) {
        found[label] = spans.reduce((sum, span, i) => sum + shares[i] * (span.km2[label] || 0), 0);
      }
      return found;
    });
  }

  /** When a civil day begins, in hours that have gone by; the ends of time begin never. */
  function begins(day) {
    return Number.isFinite(day) ? page.clock(day, 0) : day;
  }

  /** On how many of the days asked each area counts, by its validity: {id: days}. */
  function days_counted(state) {
    return page.once(state.when, 'counted', () => {
      const found = {};
      const times = page.day_spans(state);
      for (const area of page.data().areas) {
        const [begin, end] = [begins(area.begin), begins(area.end + 1)];
        found[area.id] = times.filter(([a, b]) => b > begin && a < end).length;
      }
      return found;
    });
  }

  Object.assign(page, {
    IMPACT, COMPARISON, NO_PLACE, PARTS, ids_of_role, role_place, area_places, whole_force, chosen_place, comparison_place, compared_areas,
    ground_of, days_counted,
  });
})((window.page = window.page || {}));
