'use strict';
/* The map of areas: five classes of the chosen figure, slanted lines where it is not known; a click or Enter filters. */
(function (page, view) {
  const { el, svg } = view;
  const PAD = 0.03;
  let at = ''; // the area that the keys stand at

  /** Left, top, width and height of all areas, with a little ground around them; metres. */
  function frame_of({ width, height }) {
    const pad = PAD * Math.max(width, height, 1);
    return [-pad, -pad, width + 2 * pad, height + 2 * pad];
  }

  /** Outlines are in metres to the north, pictures go down. */
  const path = (outline) => outline.map((ring) => `M${ring.map(([x, y]) => `${x} ${page.facts.extent.height - y}`).join('L')}Z`).join('');

  /** Again on the one area that is chosen: all of them. */
  function choose(id) {
    const alone = view.now.asked.areas.length === 1 && view.now.asked.areas[0] === id;
    view.go({ areas: alone ? [] : [id] });
  }

  function keys(event, ids) {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      choose(event.currentTarget.dataset.area);
    } else if (step) {
      event.preventDefault();
      at = ids[(ids.indexOf(event.currentTarget.dataset.area) + step + ids.length) % ids.length];
      for (const shape of event.currentTarget.parentNode.querySelectorAll('[data-area]')) shape.setAttribute('tabindex', shape.dataset.area === at ? '0' : '-1');
      view.focus_key(event.currentTarget.parentNode, `map:${at}`);
    }
  }

  function shape(area, i, classes, ids, words) {
    const level = classes.classes[i];
    const chosen = view.now.asked.areas.includes(area.id);
    return svg(`path.area.${area.role}.${level < 0 ? 'unknown' : `shade-${level}`}${chosen ? '.chosen' : ''}`, {
      d: path(area.outline), role: 'button', tabindex: area.id === at ? '0' : '-1', 'data-area': area.id, 'data-key': `map:${area.id}`,
      'aria-label': words, 'aria-pressed': String(chosen), 'data-tip': words,
      on: { click: () => choose(area.id), keydown: (event) => keys(event, ids) },
    });
  }

  function legend(classes) {
    const open = classes.classes.some((level) => level < 0);
    const swatch = (name) => svg('svg.swatch', { width: 22, height: 12, 'aria-hidden': 'true' }, svg(`rect.${name}`, { width: 22, height: 12 }));
    return el('div.legend', {}, el('p', {}, classes.title),
      el('ul.steps', {}, classes.labels.map((words, level) => el('li', {}, swatch(`shade-${level}`), words)),
        open ? el('li', {}, swatch('unknown'), 'not known') : null));
  }

  function words_of(classes, area, i) {
    const value = classes.values[i];
    const figure = page.known(value) ? classes.labels[classes.classes[i]] : `not known: ${classes.whys[i] || ''}`;
    return `${view.isolated(area.name)}: ${figure}${page.known(value) ? ` (${classes.title.toLowerCase()})` : ''}`;
  }

  function draw_map(now) {
    const classes = page.map_classes(now.state, now.figure, now.areas);
    const by_id = new Map(page.facts.areas.map((a) => [a.id, a]));
    const shown = classes.area_ids.map((id, i) => [by_id.get(id), i]).filter(([area]) => area && area.outline && area.outline.length);
    const bounds = frame_of(page.facts.extent);
    const ids = shown.map(([area]) => area.id);
    if (!ids.includes(at)) [at] = ids;
    const frame = bounds.map((n) => n.toFixed(0)).join(' ');
    const lines = svg('pattern', { id: 'hatch', width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: `scale(${(bounds[2] / 520).toFixed(2)}) rotate(45)` },
      svg('rect.hatch-ground', { width: 6, height: 6 }), svg('line.hatch-line', { x1: 0, y1: 0, x2: 0, y2: 6 }));
    const shapes = [...shown].sort((a, b) => Number(now.asked.areas.includes(a[0].id)) - Number(now.asked.areas.includes(b[0].id)));
    view.part('map', { title: 'Map' },
      el('div.ground', {}, svg('svg.map', { viewBox: frame, role: 'group', 'aria-label': `Map of the areas, ${classes.title}. Arrow keys go from area to area, Enter filters.` },
        svg('defs', {}, lines), shapes.map(([area, i]) => shape(area, i, classes, ids, words_of(classes, area, i)))), legend(classes)),
      el('p.pale.caption', {}, 'Full outline: Impact Area; dashed: comparison area.', el('span.on-screen', {}, ' A click on an area filters, a second one shows all again.')));
  }

  Object.assign(view, { draw_map, choose_area: choose });
})((window.page = window.page || {}), (window.view = window.view || {}));
