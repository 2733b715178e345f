'use strict';
/* Hours of the week as tables whose cells are shaded: a click on one filters on its hour and weekday. */
(function (page, view) {
  const { el } = view;
  const SHORT = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
  const TITLES = { presence: 'Officer time', crimes: 'Crimes', incidents: 'Incidents', searches: 'Stops and searches', demand: 'Crimes and incidents' };
  const UNITS = { presence: 'officer hours', crimes: 'crimes', incidents: 'incidents', searches: 'searches', demand: 'crimes and incidents' };
  const LABELLED = [0, 6, 12, 18];
  let against = 'incidents';

  const value_at = (grid, day, hour) => (Array.isArray(grid.values[day]) ? grid.values[day][hour] : grid.values[24 * day + hour]);
  const total_of = (grid) => {
    let total = 0;
    for (let day = 0; day < 7; day += 1) for (let hour = 0; hour < 24; hour += 1) total += value_at(grid, day, hour) || 0;
    return total;
  };

  /** Hours in the order of a night where the filter goes past midnight. */
  function frame(state) {
    const begin = state.wraps ? state.hour_from : 0;
    return [...Array(24).keys()].map((i) => (i + begin) % 24).filter((h) => !state.in_hour || state.in_hour[h]);
  }

  function cell(grid, day, hour, top) {
    const value = value_at(grid, day, hour);
    const when = `${SHORT[day]} ${String(hour).padStart(2, '0')}:00`;
    if (!page.known(value)) return el('td.none', { 'data-tip': `${when}: no data` }, el('span.vh', {}, page.DASH));
    const words = page.number(value);
    return el('td', { 'data-tip': `${when}: ${page.count_of(value, UNITS[grid.what])}`, 'data-day': day, 'data-hour': hour, style: { '--level': (top ? value / top : 0).toFixed(3) } },
      el('span.shade', { 'aria-hidden': 'true' }), el('span.vh', {}, words));
  }

  function table(grid, title, state) {
    const [hours, days] = [frame(state), [0, 1, 2, 3, 4, 5, 6].filter((d) => state.weekdays.includes(d))];
    const top = Math.max(0, ...days.flatMap((d) => hours.map((h) => value_at(grid, d, h))).filter(page.known));
    const heads = hours.map((h) => el('th', { scope: 'col' }, el('span', { 'aria-hidden': 'true' }, LABELLED.includes(h) || hours.length < 8 ? String(h).padStart(2, '0') : ''),
      el('span.vh', {}, `${String(h).padStart(2, '0')}:00`)));
    return [
      el('table.week', { 'aria-label': title, class: `week ${grid.what}`, on: { click: clicked } }, el('tbody', {},
        days.map((d) => el('tr', {}, el('th', { scope: 'row' }, SHORT[d]), hours.map((h) => cell(grid, d, h, top))))),
      el('tfoot', {}, el('tr', {}, el('td'), heads))),
      el('p.pale.caption', {}, el('span.ramp', { class: `ramp ${grid.what}`, 'aria-hidden': 'true' }), `0 to ${page.number(top)} ${UNITS[grid.what]} in an hour of the week`),
    ];
  }

  function clicked(event) {
    const at = event.target.closest('td[data-hour]');
    if (!at) return;
    const [day, hour] = [Number(at.dataset.day), Number(at.dataset.hour)];
    view.go({ weekdays: [day], hour_from: hour, hour_to: hour + 1 });
  }

  /** The days of a grid, where they are not those of the figure: its number stands for all the filter's. */
  const own_days = (grid) => (grid.days ? `, ${page.period_in_words(...grid.days)}` : '');

  /** One grid with its heading, which has its days where the heading above has not: what it shows, how many in all, and what must be said beside it. */
  function grid_figure(grid, state, { dated = true } = {}) {
    const title = TITLES[grid.what] + (dated ? own_days(grid) : '');
    const total = grid.total === undefined ? total_of(grid) : grid.total;
    return el('figure.grid', {}, el('figcaption', {}, el('h3', {}, title), el('span.pale', {}, grid.why ? '' : `${page.count_of(total, UNITS[grid.what])} in all`)),
      grid.why ? el('p.pale', {}, view.sentences([`not shown: ${grid.why}`])) : table(grid, title, state));
  }

  function draw_hours(now) {
    const choices = ['incidents', 'crimes', 'demand'].map((k) => [k, TITLES[k]]);
    const choice = { key: 'against', name: 'What officer time is beside', choices, chosen: against, changed: (value) => { against = value; draw_hours(view.now); } };
    const grids = ['presence', against, 'searches'].map((what) => page.week_grid(now.state, what));
    const partly = grids.some((g) => !g.why && [...Array(168).keys()].some((i) => !page.known(value_at(g, Math.floor(i / 24), i % 24))
      && now.state.weekdays.includes(Math.floor(i / 24)) && frame(now.state).includes(i % 24)));
    view.part('hours', { title: `Hours of the week${own_days(grids.find((g) => g.days) || {})}`, beside: 'recorded demand is not need, and this is not a target', controls: [choice] },
      el('div.grids', {}, grids.map((grid) => grid_figure(grid, now.state, { dated: false }))),
      view.notes_list([...grids.flatMap((g) => g.notes || []), partly ? 'Slanted lines: no data' : '', now.state.wraps ? 'Hours after midnight stand with the evening that they follow' : '']));
  }

  Object.assign(view, { draw_hours, grid_figure, WHATS: TITLES, UNITS });
})((window.page = window.page || {}), (window.view = window.view || {}));
