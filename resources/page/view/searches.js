'use strict';
/* Stop and search as in the dock: hours beside recorded demand, and the share found by area, withheld of fewer than ten. */
(function (page, view) {
  const { el, of_whole } = view;
  let against = 'crimes';

  function found_row(row) {
    const known = page.known(row.value);
    const words = known ? page.stated('found', '%', row.value, row.low, row.high) : row.why || 'not known';
    return el('tr', {}, el('th', { scope: 'row' }, view.name(row.name)),
      el('td.track', {}, el('div.scale', { 'aria-hidden': 'true' },
        known && page.known(row.low) ? el('span.range', { style: { left: of_whole(row.low), width: of_whole(row.high - row.low) } }) : null,
        known ? el('span.dot', { style: { left: of_whole(row.value) } }) : null)),
      el('td.number', { class: known ? 'number' : 'number pale' }, words));
  }

  function by_area(rows) {
    return el('table.bars', { 'aria-label': 'Share of searches where the object was found, by area' },
      el('thead.vh', {}, el('tr', {}, el('th', { scope: 'col' }, 'Area'), el('td'), el('th', { scope: 'col' }, 'Object found'))),
      el('tbody', {}, rows.map(found_row)));
  }

  function draw_searches(now) {
    const found = page.searches(now.state, against);
    const choices = ['crimes', 'incidents', 'demand'].map((k) => [k, view.WHATS[k]]);
    const choice = { key: 'searches-against', name: 'What searches are beside', choices, chosen: against, changed: (value) => { against = value; draw_searches(view.now); } };
    const rows = found.areas || [];
    const [known, few] = [rows.filter((r) => page.known(r.value)), rows.filter((r) => !page.known(r.value))];
    view.part('searches', { title: 'Stop and search', controls: [choice] },
      found.lead ? el('p', {}, found.lead) : null,
      el('div.pair', {}, el('div.stacked', {}, (found.grids || []).map((grid) => view.grid_figure(grid, now.state))),
        rows.length ? el('div', {}, el('h3', {}, 'Object found, by area'), known.length ? by_area(known) : null, view.withheld(few)) : null),
      view.notes_list([...(found.grids || []).flatMap((g) => g.notes || []), ...(found.notes || [])]));
  }

  Object.assign(view, { draw_searches });
})((window.page = window.page || {}), (window.view = window.view || {}));
