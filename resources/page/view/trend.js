'use strict';
/* Day by day: gaps where nothing was recorded, notes of people at their days, dotted where days are still filling. */
(function (page, view) {
  const { el, svg } = view;
  const [HIGH, LEFT, RIGHT, TOP, BOTTOM] = [230, 46, 14, 26, 28];
  let what = 'presence';

  const day = (value) => (typeof value === 'string' ? page.day_of(value) : value);
  const letter = (i) => String.fromCharCode(65 + (i % 26)) + (i < 26 ? '' : Math.floor(i / 26));

  /** Path of values, NaN broken; only the steps that `keep` says. */
  const line_of = (values, x, y, keep) => d3.line().defined((v, i) => page.known(v) && keep(i)).x((v, i) => x(i)).y((v) => y(v))(values);

  function day_ticks(days, wide) {
    const most = Math.max(2, Math.floor(wide / 90));
    const step = Math.ceil(days.length / most);
    return days.map((d, i) => i).filter((i) => i % step === 0);
  }

  function axes(root, found, x, y, wide) {
    const days = found.days.map(day);
    const short = (i) => page.day_in_words(days[i]).replace(/ \d{4}$/, '');
    const values = d3.axisLeft(y).ticks(4).tickSize(-(wide - LEFT - RIGHT)).tickFormat((v) => page.number(v));
    d3.select(root).append('g').attr('class', 'axis y').attr('transform', `translate(${LEFT},0)`).call(values);
    const dates = d3.axisBottom(x).tickValues(day_ticks(days, wide)).tickFormat(short).tickSizeOuter(0);
    d3.select(root).append('g').attr('class', 'axis x').attr('transform', `translate(0,${HIGH - BOTTOM})`).call(dates);
  }

  /** Slanted lines over steps without data, and letters at the days of notes. */
  function marks_of(found, x, unit) {
    const days = found.days.map(day);
    const at = (d) => x(Math.min(Math.max(days.findIndex((one, i) => d >= one && (i + 1 === days.length || d < days[i + 1])), 0), days.length - 1));
    const gaps = found.values.map((v, i) => (page.known(v) ? null : svg('rect.gap', { x: x(i) - unit / 2, y: TOP, width: unit, height: HIGH - TOP - BOTTOM })));
    const notes = (found.marks || []).flatMap((mark, i) => {
      const begin = at(Math.max(day(mark.first), days[0]));
      return [svg('line.note', { x1: begin, x2: begin, y1: TOP - 8, y2: HIGH - BOTTOM }), svg('text.note', { x: begin, y: TOP - 12, 'text-anchor': 'middle' }, letter(i))];
    });
    return [...gaps.filter(Boolean), ...notes];
  }

  function chart(found, wide) {
    const n = found.values.length;
    const x = d3.scaleLinear().domain([0, Math.max(n - 1, 1)]).range([LEFT + 8, wide - RIGHT - 4]);
    const earlier = found.earlier ? found.earlier.values : [];
    const top = Math.max(...[...found.values, ...earlier].filter(page.known), 0) || 1;
    const y = d3.scaleLinear().domain([0, top]).nice(4).range([HIGH - BOTTOM, TOP]);
    const open = found.filling || [];
    const root = svg('svg.trend', { viewBox: `0 0 ${wide} ${HIGH}`, role: 'img', 'aria-label': summary(found) });
    axes(root, found, x, y, wide);
    root.append(...marks_of(found, x, n > 1 ? x(1) - x(0) : 20),
      svg('path.earlier', { d: line_of(earlier, x, y, () => true) }),
      svg('path.known', { d: line_of(found.values, x, y, (i) => !open[i]) }),
      svg('path.filling', { d: line_of(found.values, x, y, (i) => open[i] || open[i + 1]) }),
      ...found.values.map((v, i) => (page.known(v) ? svg('circle', { cx: x(i), cy: y(v), r: n > 60 ? 1.6 : 2.6, class: open[i] ? 'filling' : 'known', 'data-tip': step_words(found, i) }) : null)).filter(Boolean));
    return root;
  }

  function step_words(found, i) {
    const begin = page.day_in_words(day(found.days[i]));
    const when = found.step === 'week' ? `week from ${begin}` : begin;
    const value = page.known(found.values[i]) ? page.count_of(found.values[i], view.UNITS[found.what]) : 'no data';
    return `${when}: ${value}${found.filling && found.filling[i] ? ', still filling' : ''}`;
  }

  function summary(found) {
    const known = found.values.filter(page.known);
    if (!known.length) return 'No day has data.';
    return `${view.WHATS[found.what]} by ${found.step}, from ${page.number(Math.min(...known))} to ${page.number(Math.max(...known))} ${view.UNITS[found.what]}; the table below has each ${found.step}.`;
  }

  function table(found) {
    return el('details', {}, el('summary', { 'data-key': 'trend-table' }, `Each ${found.step} as a table`), el('div.scroll', { tabindex: '0', role: 'region', 'aria-label': `Each ${found.step}` }, el('table.plain', {},
      el('thead', {}, el('tr', {}, [page.capitalised(found.step), page.capitalised(view.UNITS[found.what])].map((t) => el('th', { scope: 'col' }, t)))),
      el('tbody', {}, found.values.map((v, i) => el('tr', {}, el('th', { scope: 'row' }, page.day_in_words(day(found.days[i]))),
        el('td.number', {}, page.known(v) ? page.number(v) : page.DASH, found.filling && found.filling[i] ? ' (still filling)' : '')))))));
  }

  function notes_of(found) {
    const notes = (found.marks || []).map((mark, i) => `${letter(i)}: ${page.period_in_words(day(mark.first), day(mark.last))}, ${view.isolated(mark.text)}`);
    if (found.values.some((v) => !page.known(v))) notes.push(found.step === 'day' ? 'Slanted lines: days without data' : 'Slanted lines: weeks without data of all their days');
    if ((found.filling || []).some((open, i) => open && page.known(found.values[i]))) notes.push('Dotted: still filling, and compared with nothing');
    if (found.earlier) notes.push('Grey: the earlier period, on the same weekdays');
    return [...(found.notes || []), ...notes];
  }

  /** @param {number} [wide] of the drawing, px; `view.wide`, that of the page, where it is not given */
  function draw_trend(now, wide = Math.max(320, view.wide)) {
    const found = page.series(now.state, what, now.comparison);
    const choice = { key: 'trend-what', name: 'What the line shows', choices: Object.entries(view.WHATS), chosen: what, changed: (value) => { what = value; draw_trend(view.now); } };
    const title = found.step === 'week' ? 'Week by week' : 'Day by day';
    view.part('trend', { title, beside: found.why ? '' : `${view.UNITS[what]} per ${found.step}`, controls: [choice] },
      found.why ? el('p.pale', {}, view.sentences([`not known: ${found.why}`])) : [svg_defs(), chart(found, wide), table(found)], found.why ? null : view.notes_list(notes_of(found)));
  }

  const svg_defs = () => svg('svg', { width: 0, height: 0, 'aria-hidden': 'true', class: 'defs' }, svg('defs', {}, svg('pattern', { id: 'gap-hatch', width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
    svg('line.hatch-line', { x1: 0, y1: 0, x2: 0, y2: 6 }))));

  Object.assign(view, { draw_trend });
})((window.page = window.page || {}), (window.view = window.view || {}));
