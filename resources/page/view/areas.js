'use strict';
/* Areas side by side: a dot with its range beside the middle half of the comparison areas, and the last weeks on one scale. */
(function (page, view) {
  const { el, svg, percent } = view;
  const ORDERS = [['name', 'by name'], ['highest', 'highest first'], ['lowest', 'lowest first']];
  const [WIDE, HIGH] = [70, 20];
  let order = 'name';

  function ordered(rows) {
    if (order === 'name') return rows;
    const sign = order === 'lowest' ? 1 : -1; // what is not known stands at the end
    return [...rows].sort((a, b) => Number(!page.known(a.value)) - Number(!page.known(b.value))
      || (page.known(a.value) && page.known(b.value) ? sign * (a.value - b.value) : 0));
  }

  /** For each row its place in a run whose ranges overlap, so that their order says nothing; "" for none. */
  function brackets(rows) {
    const place = rows.map(() => '');
    for (const [first, last] of page.alike(rows)) for (let k = first; k <= last; k += 1) place[k] = k === first ? 'first' : k === last ? 'last' : 'within';
    return place;
  }

  function dot(row, found, top) {
    const likely = page.known(row.low) && page.known(row.high);
    const [low, middle, high] = found.comparison || [];
    return el('div.scale', { 'aria-hidden': 'true' },
      found.comparison ? [el('span.half', { style: { left: percent(low, top), width: percent(high - low, top) } }),
        el('span.median', { style: { left: percent(middle, top) } })] : null,
      likely ? el('span.range', { style: { left: percent(row.low, top), width: percent(row.high - row.low, top) } }) : null,
      page.known(row.value) ? el('span.dot', { style: { left: percent(row.value, top) } }) : null);
  }

  /** The last weeks from nought, on one scale for all areas; a week that is still filling is dotted. */
  function spark(row, found, top) {
    const scale = d3.scaleLinear().domain([0, top || 1]).range([HIGH - 2, 2]);
    const x = (i) => 2 + (i * (WIDE - 4)) / Math.max(row.weeks.length - 1, 1);
    const open = found.filling || [];
    const drawn = (keep) => d3.line().defined((v, i) => page.known(v) && keep(i)).x((v, i) => x(i)).y((v) => scale(v))(row.weeks);
    const alone = row.weeks.map((v, i) => page.known(v) && !page.known(row.weeks[i - 1]) && !page.known(row.weeks[i + 1]) && i);
    return svg('svg.spark', { viewBox: `0 0 ${WIDE} ${HIGH}`, width: WIDE, height: HIGH, 'aria-hidden': 'true' },
      svg('path.known', { d: drawn((i) => !open[i]) }), svg('path.filling', { d: drawn((i) => open[i] || open[i + 1]) }),
      alone.filter((i) => i !== false).map((i) => svg('circle', { cx: x(i), cy: scale(row.weeks[i]), r: 1.3 })));
  }

  function weeks_words(row, found) {
    const known = row.weeks.filter((v, i) => page.known(v) && !(found.filling || [])[i]);
    if (!known.length) return 'no weeks';
    const [first, last] = [known[0], known[known.length - 1]].map((v) => bare(found, v));
    return `weeks from ${first} to ${last}`;
  }

  const bare = (found, value) => page.bare(found.measure.key, value, found.measure.rate_unit);
  const words_of = (row, found) => (page.known(row.value)
    ? page.stated(found.measure.key, found.measure.rate_unit, row.value, row.low, row.high) : `not known: ${row.why}`);

  function row_of(row, found, tops, bracket) {
    const chosen = view.now.asked.areas.includes(row.area_id);
    const words = words_of(row, found);
    const button = el('button.area-name', {
      type: 'button', 'data-key': `area:${row.area_id}`, 'aria-pressed': String(chosen), 'data-tip': `${view.isolated(row.name)}: ${words}`,
      on: { click: () => view.choose_area(row.area_id) },
    }, view.name(row.name));
    return el(`tr${chosen ? '.chosen' : ''}`, {}, el('th', { scope: 'row' }, button),
      el('td.dots', { class: `dots ${bracket}` }, dot(row, found, tops[0])),
      el('td.number', {}, el('span', { 'aria-hidden': 'true' }, bare(found, row.value)), el('span.vh', {}, words)),
      el('td.weeks', {}, spark(row, found, tops[1]), el('span.vh', {}, weeks_words(row, found))));
  }

  function ticks(found, top) {
    const marks = d3.scaleLinear().domain([0, top]).ticks(4).map((v) => el('span', { style: { left: percent(v, top) } }, page.number(v)));
    return el('tfoot', { 'aria-hidden': 'true' }, el('tr', {}, el('td.pale', {}, found.measure.rate_unit), el('td', {}, el('div.ticks', {}, marks)), el('td'), el('td')));
  }

  function tops_of(found) {
    const ends = found.rows.flatMap((r) => [r.value, r.high]).filter(page.known);
    const weeks = found.rows.flatMap((r) => r.weeks).filter(page.known);
    return [Math.max(...ends, found.comparison ? found.comparison[2] : 0, 0) || 1, Math.max(...weeks, 0)];
  }

  /** The areas of which a figure is not shown, by the reason. */
  function withheld(rows) {
    const whys = [...new Set(rows.map((r) => r.why))];
    return whys.map((why) => el('p.pale.caption', {}, `Not shown, ${why || 'not known'}: `,
      rows.filter((r) => r.why === why).map((r, i) => [i ? ', ' : '', view.name(r.name)]), '.'));
  }

  function caption(found, by_figure) {
    if (found.rows.length && !found.rows.some((r) => page.known(r.value))) {
      return view.sentences([`not known: ${[...new Set(found.rows.map((r) => r.why))].join('; ')}`]);
    }
    return view.sentences([found.comparison_words, found.weeks_title,
      by_figure ? 'A bracket joins areas whose ranges overlap: their order says nothing.' : '']);
  }

  function draw_areas(now) {
    const found = page.area_rows(now.state, now.figure, now.areas);
    const fixed = page.NEVER_SORTED.includes(now.figure);
    if (fixed) order = 'name';
    const [rows, tops] = [ordered(found.rows), tops_of(found)];
    const places = order === 'name' ? rows.map(() => '') : brackets(rows);
    const head = el('thead.vh', {}, el('tr', {}, ['Area', '', found.title, 'Last weeks'].map((words) => el(words ? 'th' : 'td', words ? { scope: 'col' } : {}, words))));
    const controls = [
      { key: 'figure', name: 'Figure of the areas and the map', choices: view.FIGURES, chosen: now.figure, changed: (key) => view.go({}, { figure: key }) },
      { key: 'order', name: 'Order of the areas', choices: ORDERS, chosen: order, disabled: fixed, changed: (value) => { order = value; draw_areas(view.now); } },
    ];
    const table = el('table.areas', { 'aria-labelledby': 'areas-title' }, head, el('tbody', {}, rows.map((row, i) => row_of(row, found, tops, places[i]))), ticks(found, tops[0]));
    const unknown = rows.filter((r) => !page.known(r.value));
    view.part('areas', { title: 'By area', controls },
      rows.length ? table : el('p.pale', {}, 'There are no Impact Areas in these data.'), el('p.pale.caption', {}, caption(found, order !== 'name')),
      unknown.length < rows.length ? withheld(unknown) : null);
  }

  Object.assign(view, { draw_areas, withheld });
})((window.page = window.page || {}), (window.view = window.view || {}));
