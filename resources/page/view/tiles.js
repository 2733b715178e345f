'use strict';
/* Heading, verdict and the four tiles, each with its figure on a scale and the tick of the comparison areas. */
(function (page, view) {
  const { el, by, fill, percent, sentences } = view;

  /** What the figures are of: "Impact Areas", the name of an area, "3 areas". */
  function where(now) {
    const { areas } = now.asked;
    if (!areas.length) return 'Impact Areas';
    return areas.length === 1 ? view.area_name(areas[0]) : page.count_of(areas.length, 'areas');
  }

  const VERSUS = { before: 'against the period before', year: 'against the same weeks last year', none: '' };

  /** What the figures are compared with, and its days. */
  function versus({ comparison, state }) {
    const earlier = page.earlier_of(state, comparison);
    return earlier ? `${VERSUS[comparison]} (${page.period_in_words(earlier.first, earlier.last)})` : VERSUS[comparison];
  }

  const DAY_MS = 86400000;

  /** When the data end; and how long ago, where that is more than the pages of a folder let pass in silence. */
  function as_of(facts) {
    if (!facts.as_of_words) return '';
    const age = Date.now() - Date.parse(facts.as_of);
    const old = age > facts.old_after_hours * (DAY_MS / 24);
    return `data as of ${facts.as_of_words}${old ? `, ${Math.floor(age / DAY_MS)} days ago` : ''}`;
  }

  const days_words = (state) => `${page.days_of_data(state)} of ${page.count_of(page.days_asked(state).length, 'days')} with data`;

  function heading(now, found) {
    const { facts } = page;
    const [, ...kept] = page.parts_in_words(now.state); // whatever narrows the figures stands above them
    const title = [where(now), ...kept];
    fill(by('heading'), title.map((part, i) => [i ? ', ' : '', view.name(part)]));
    const about = el('a', { href: '#', on: { click: (event) => { event.preventDefault(); view.jump('about'); } } }, 'about these data');
    const parts = [versus(now), as_of(facts), days_words(now.state), facts.observed_words];
    const words = parts.filter(Boolean).join(' · ');
    fill(by('data-line'), words, el('span.about-link', {}, words && ' · ', about));
    fill(by('print-line'), title.map((part, i) => [i ? ', ' : '', view.name(part)]), ` · figure ${found.number}`);
    document.title = `${title.join(', ')} · ${facts.marking}`;
  }

  const OF_FORCE = { crimes: ['of crime', 'of these crimes'], incidents: ['of incidents', 'of these incidents'], land: ['of land', 'of land'] };

  function share_words(now, { table, of_force }) {
    const row = table.find((one) => one.key === 'share');
    if (!row) return '';
    if (!page.known(row.value)) return row.why ? `Share of officer time not known: ${row.why}` : '';
    const some = Number(now.asked.categories.length + now.asked.key_types.length > 0);
    const parts = Object.keys(OF_FORCE).filter((key) => page.known(of_force[key])).map((key) => `${page.share(of_force[key])} ${OF_FORCE[key][some]}`);
    return [`${where(now)}: ${page.with_range(row.value, row.low, row.high, '%')} of all observed officer time`, ...parts].join(', ');
  }

  function verdict(now, found) {
    const share = share_words(now, found);
    by('overview').classList.toggle('refused', Boolean(found.refusal));
    if (found.refusal) {
      fill(by('verdict'), sentences([found.refusal.why]));
      fill(by('verdict-beside'), found.refusal.instead ? offer(found.refusal) : '');
    } else {
      fill(by('verdict'), found.verdict ? found.verdict.sentence : sentences([share]));
      fill(by('verdict-beside'), found.verdict ? sentences([found.verdict.beside, share]) : '');
    }
    const beside = found.notes || {};
    const notes = [...(beside.both || []), ...(beside.time || []), ...(beside.events || [])];
    const list = view.notes_list(notes.filter((note) => !found.refusal || note !== found.refusal.why));
    by('notes').replaceChildren(...(list ? list.childNodes : []));
  }

  /** A button for the nearest filter that published tables tell. */
  function offer(refusal, key = 'offer') {
    const { instead } = refusal;
    return view.button(key, `Show ${refusal.offer}`, () => view.go(view.plain(instead)), { class: 'offer' });
  }

  // --- tiles -------------------------------------------------------------------------------------------------------------

  function gauge(of) {
    const top = of.top || 1.2 * Math.max(...[of.value, of.high, of.comparison].filter(page.known), 0) || 1;
    const likely = page.known(of.low) && page.known(of.high);
    return el('div.gauge', { 'aria-hidden': 'true' },
      likely ? el('span.range', { style: { left: percent(of.low, top), width: percent(of.high - of.low, top) } }) : null,
      el('span.dot', { style: { left: percent(of.value, top) } }),
      page.known(of.comparison) ? el('span.mark', { style: { left: percent(of.comparison, top) } }) : null);
  }

  function bar_of(parts, field) {
    const whole = parts.reduce((sum, p) => sum + (page.known(p[field]) ? p[field] : 0), 0);
    if (!whole) return null;
    return el('div.stack', { class: `stack ${field}` }, parts.filter((p) => page.known(p[field])).map((p) => el(`span.mode-${p.mode}`,
      { style: { width: percent(p[field], whole) } })));
  }

  const moved = (parts) => el('div', { 'aria-hidden': 'true' }, bar_of(parts, 'percent'), bar_of(parts, 'comparison'));

  /** The colour of the mode that some words are of. */
  function swatch(words, parts) {
    const part = (parts || []).find((p) => words.startsWith(p.words) || words.endsWith(` ${p.words}`));
    return part ? el(`span.swatch.mode-${part.mode}`, { 'aria-hidden': 'true' }) : null;
  }

  /** Lines of a tile; what stands after the tick is of the comparison areas, which the tick marks on the scale. */
  function line(text) {
    const [own, others] = text.split(' │ ');
    return el('li', {}, view.unbroken(own), others === undefined ? null : [' ', el('span.nb', {}, el('span.mark-key', { 'aria-hidden': 'true' }), el('span.vh', {}, ', '), others)]);
  }

  /** Of how officers moved each mode on a line of its own, with its colour. */
  const lines_of = (one) => one.lines.flatMap((text) => (one.parts && one.parts.length && text.includes(' · ')
    ? text.split(' · ').map((words) => el('li', {}, swatch(words, one.parts), view.unbroken(words))) : [line(text)]));

  function tile(one) {
    const title = el('h3', {}, el('button.tile-open', {
      type: 'button', 'data-key': `tile-${one.key}`, title: 'Show it area by area', on: { click: () => view.open_figure(one.measure) },
    }, one.title));
    const head = el('div.tile-head', {}, title, el('span.n', {}, one.n));
    if (one.why) return el('li.tile.unknown', {}, head, el('p.value', {}, el('b', {}, page.DASH)), el('p.pale', {}, sentences([`Not told: ${one.why}`])));
    return el('li.tile', { 'aria-label': one.title }, head,
      el('p.value', {}, swatch(one.value, one.parts), el('b', {}, one.value), ' ', el('span.pale', {}, view.unbroken(one.beside))),
      one.gauge ? gauge(one.gauge) : null, one.parts && one.parts.length ? moved(one.parts) : null,
      el('ul.lines', {}, lines_of(one)),
      one.details && one.details.length ? el('details', {}, el('summary', { 'data-key': `more-${one.key}` }, 'more'), el('ul.lines', {}, one.details.map(line))) : null);
  }

  function draw_overview(now, found) {
    heading(now, found);
    verdict(now, found);
    const open = [...by('tiles').querySelectorAll('details')].map((d) => d.open);
    fill(by('tiles'), el('ul.tiles', {}, found.tiles.map(tile)));
    [...by('tiles').querySelectorAll('details')].forEach((d, i) => { d.open = Boolean(open[i]); });
  }

  Object.assign(view, { draw_overview, where, offer });
})((window.page = window.page || {}), (window.view = window.view || {}));
