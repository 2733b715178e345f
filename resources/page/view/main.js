'use strict';
/* The page as a whole: drawn from the top, what is first seen first; `data-settled` on the root says of which address all of it stands. */
(function (page, view) {
  const { el, by, fill } = view;
  const root = document.documentElement;
  let waiting = 0;

  /** Figures by which areas are set side by side, with their words. */
  const figures = () => page.MEASURES.filter((m) => m.by_area && (m.key !== 'bicycle' || page.facts.bicycle)).map((m) => [m.key, m.scales ? `${m.label} per km²` : m.label]);

  /** A filter of the engine, or one as plain values, as plain values. */
  const plain = (state) => ({ ...view.first_asked(), ...(typeof state.first === 'number' ? page.as_dict(state) : state) });

  function jump(id) {
    by(id).scrollIntoView({ block: 'start' });
    if (id === 'about' || id === 'main') by(id).focus({ preventScroll: true });
  }

  /** A tile was pressed: its figure, area by area. */
  function open_figure(key) {
    if (view.FIGURES.some(([one]) => one === key)) view.go({}, { figure: key });
    jump('areas');
    const box = by('areas').querySelector('select');
    if (box) box.focus({ preventScroll: true });
  }

  /** Nothing of a section that cannot be drawn keeps the others from being drawn. */
  function section(draw, id, now) {
    try {
      draw(now);
    } catch (error) {
      fill(by(id), el('p.refusal', { role: 'alert' }, 'This part could not be drawn; tell the analysts.'));
      console.error(error);
    }
  }

  const BELOW = ['hours', 'who', 'what', 'trend', 'searches'];

  /** The chips at once, all else when the hands rest: of several changes in one go the last is drawn. */
  function draw(now) {
    root.removeAttribute('data-settled');
    window.clearTimeout(waiting);
    view.draw_chips(now);
    waiting = window.setTimeout(() => draw_top(now), 0);
  }

  /** Where the figures are not of all that was asked for. */
  function notice_of({ asked, dropped }) {
    const end = page.data().last_day;
    const link = dropped ? 'A part of the link is not understood or not in these data; the filter is without it.' : '';
    const days = asked.last && page.day_of(asked.last) > end ? `You asked for days to ${page.day_in_words(page.day_of(asked.last))}; the data end on ${page.day_in_words(end)}, and so do these figures.` : '';
    return [link, days].filter(Boolean).join(' ');
  }

  function draw_top(now) {
    by('notice').textContent = notice_of(now);
    const found = page.overview(now.state, now.comparison);
    now.areas = found.areas;
    view.draw_overview(now, found);
    const beside = [['map', view.draw_map], ['areas', view.draw_areas], ['foot-line', (state) => view.draw_foot(state, found)]];
    draw_rest([beside, BELOW.map((id) => [id, view[`draw_${id}`]])], now);
  }

  /** Group after group, the browser showing each before the next is begun; a filter that comes between leaves the rest undrawn. */
  function draw_rest([group, ...others], now) {
    waiting = window.setTimeout(() => {
      for (const [id, draw] of group) section(draw, id, now);
      if (others.length) draw_rest(others, now);
      else root.dataset.settled = window.location.hash || '#';
    }, 0);
  }

  // --- a tip that follows the pointer ------------------------------------------------------------------------------------

  function begin_tips() {
    const tip = el('div.tip', { 'aria-hidden': 'true', hidden: true });
    document.body.append(tip);
    document.addEventListener('pointermove', (event) => {
      const over = event.target.closest && event.target.closest('[data-tip]');
      tip.hidden = !over || event.pointerType === 'touch';
      if (tip.hidden) return;
      tip.textContent = over.dataset.tip;
      const [x, y] = [event.clientX + 14, event.clientY + 16];
      tip.style.setProperty('left', `${Math.max(4, Math.min(x, window.innerWidth - tip.offsetWidth - 8))}px`);
      tip.style.setProperty('top', `${y + tip.offsetHeight > window.innerHeight ? event.clientY - tip.offsetHeight - 10 : y}px`);
    });
  }

  const PAPER = 900; // px across a sheet, so that letters keep their size on it

  /** On paper nothing is folded away, and the line is as wide as the sheet. */
  function begin_print() {
    const folded = () => [...by('tiles').querySelectorAll('details')];
    let before = [];
    window.addEventListener('beforeprint', () => {
      before = folded().map((one) => one.open);
      for (const one of folded()) one.open = true;
      section((now) => view.draw_trend(now, PAPER), 'trend', view.now);
    });
    window.addEventListener('afterprint', () => {
      folded().forEach((one, i) => { one.open = before[i]; });
      section(view.draw_trend, 'trend', view.now);
    });
  }

  /** How wide the page is, px: asked when that changes and not when something is drawn, which would lay all out once more. */
  function begin_width() {
    view.wide = by('main').clientWidth;
    window.addEventListener('resize', () => {
      const before = view.wide;
      view.wide = by('main').clientWidth;
      if (view.wide !== before) section(view.draw_trend, 'trend', view.now);
    });
  }

  async function begin() {
    try {
      await page.load();
    } catch (error) {
      fill(by('verdict'), 'This page could not be read.');
      fill(by('verdict-beside'), 'The file may be cut off, or the browser too old. Open it again from its folder; else tell the analysts.');
      console.error(error);
      return;
    }
    view.FIGURES = figures();
    view.begin_chips();
    begin_tips();
    begin_print();
    by('skip').addEventListener('click', () => jump('main'));
    section(view.draw_about, 'about');
    begin_width();
    view.begin_route();
  }

  Object.assign(view, { draw, jump, open_figure, plain });
  document.addEventListener('DOMContentLoaded', begin);
})((window.page = window.page || {}), (window.view = window.view || {}));
