'use strict';
/* About these data: what was observed, what was found in them, and how the figures are made; in the core's own words. */
(function (page, view) {
  const { el } = view;

  function draw_about() {
    const parts = page.facts.about || [];
    view.part('about', { title: 'About these data' }, el('div.parts', {}, parts.filter((p) => p.lines.length).map((part) => el('div.part', {},
      el('h3', {}, part.title), el('ul.notes', {}, part.lines.map((text) => el('li', { dir: 'auto' }, text)))))));
  }

  Object.assign(view, { draw_about });
})((window.page = window.page || {}), (window.view = window.view || {}));
