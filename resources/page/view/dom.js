'use strict';
/* Elements made of plain values: text is always text, and styles go through the CSSOM, so that no name can break a page and the policy holds. */
(function (page, view) {
  const SVG = 'http://www.w3.org/2000/svg';

  function dress(element, attributes) {
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value === null || value === undefined || value === false) continue;
      if (name === 'on') for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
      else if (name === 'style') for (const [property, size] of Object.entries(value)) element.style.setProperty(property, size);
      else if (name === 'props') Object.assign(element, value);
      else element.setAttribute(name, value === true ? '' : String(value));
    }
    return element;
  }

  const nodes_of = (children) => children.flat(Infinity).filter((child) => ![null, undefined, false, ''].includes(child))
    .map((child) => (child instanceof Node ? child : document.createTextNode(String(child))));

  function put(element, children) {
    element.append(...nodes_of(children));
    return element;
  }

  /**
   * An HTML element.
   * @param {string} tag "div", or "div.pale.small" with classes
   * @param {object} [attributes] `on` listeners, `style` CSS properties, `props` of the object; others as attributes
   * @param {...(Node|string|Array)} children what is empty is left out
   */
  function el(tag, attributes, ...children) {
    const [name, ...classes] = tag.split('.');
    const element = document.createElement(name);
    if (classes.length) element.className = classes.join(' ');
    return put(dress(element, attributes), children);
  }

  /** The same of SVG. */
  function svg(tag, attributes, ...children) {
    const [name, ...classes] = tag.split('.');
    const element = document.createElementNS(SVG, name);
    if (classes.length) element.setAttribute('class', classes.join(' '));
    return put(dress(element, attributes), children);
  }

  const by = (id) => document.getElementById(id);

  /** Put new children in; those that stay are not moved, and what has the keyboard, known by its `data-key`, keeps it. */
  function fill(element, ...children) {
    const within = element.contains(document.activeElement) ? document.activeElement : null;
    const nodes = nodes_of(children);
    for (const old of [...element.childNodes]) if (!nodes.includes(old)) old.remove();
    let at = element.firstChild;
    for (const node of nodes) {
      if (node === at) at = at.nextSibling;
      else element.insertBefore(node, at);
    }
    if (within && within !== document.activeElement && within.dataset.key !== undefined) focus_key(element, within.dataset.key);
    return element;
  }

  function focus_key(element, key) {
    const found = [...element.querySelectorAll('[data-key]')].find((one) => one.dataset.key === key);
    if (found) found.focus({ preventScroll: true });
    return found;
  }

  /** A select box with a name; `choices` are [value, words]. */
  function select(key, name, choices, chosen, changed, attributes) {
    const box = el('select', { 'data-key': key, 'aria-label': name, title: name, ...attributes },
      choices.map(([value, words]) => el('option', { value, props: { selected: value === chosen } }, words)));
    box.addEventListener('change', () => changed(box.value));
    return box;
  }

  function button(key, words, pressed, attributes) {
    return el('button', { type: 'button', 'data-key': key, ...attributes, on: { click: pressed } }, words);
  }

  /** Per cent of a scale, kept within it. */
  const percent = (value, top) => `${Math.min(100, Math.max(0, (100 * value) / (top || 1))).toFixed(3)}%`;

  /** Where a share stands on a track that is the whole: a longest bar that filled it would be read as all. */
  const of_whole = (share) => percent(share, 100);

  /** Sentences one after the other, each begun and ended as one. */
  const sentences = (texts) => texts.filter(Boolean).map((t) => page.capitalised(/[.!?…]$/.test(t) ? t : `${t}.`)).join(' ');

  /** A name no longer than a control has room for; whole names stand in tips and tables. */
  const cut = (name, most) => ([...name].length > most ? `${[...name].slice(0, most - 1).join('')}…` : name);

  /** A stranger's name, its direction apart from that of the words around it. */
  const name = (text, attributes) => el('bdi', { dir: 'auto', ...attributes }, text);

  /** The same where only a text can stand, as in a tip: within signs that keep its direction to itself. */
  const isolated = (text) => `\u2068${text}\u2069`;

  /** Words whose ranges in brackets, and numbers with their %, are not torn apart at the end of a line. */
  const unbroken = (text) => text.split(/(\([^()]{1,24}\)|[\d.,]+ %)/).map((part, i) => (i % 2 ? el('span.nb', {}, part) : part));

  const heads = new Map();

  /**
   * A part of the page: heading, what it is of, controls at its side, and its body. The controls are made once, so that a key pressed
   * in one is not lost while the rest is drawn anew.
   * @param {object} of `title`, `beside`, and `controls`: [{key, name, choices, chosen, changed, disabled}] of select boxes
   */
  function part(id, { title, beside = '', controls = [] }, ...body) {
    if (!heads.has(id)) {
      const boxes = controls.map((c) => select(c.key, c.name, c.choices, c.chosen, c.changed));
      heads.set(id, { boxes, head: el('div.head', {}, el('h2', { id: `${id}-title` }), el('p.pale'), boxes.length ? el('div.controls', {}, boxes) : null) });
    }
    const { boxes, head } = heads.get(id);
    head.querySelector('h2').textContent = title;
    head.querySelector('p').textContent = beside;
    controls.forEach((c, i) => Object.assign(boxes[i], { value: c.chosen, disabled: Boolean(c.disabled) }));
    fill(by(id), head, ...body);
  }

  const notes_list = (texts) => {
    const shown = [...new Set(texts.filter(Boolean))];
    return shown.length ? el('ul.notes', {}, shown.map((t) => el('li', {}, sentences([t])))) : null;
  };

  Object.assign(view, { el, svg, by, fill, focus_key, select, button, percent, of_whole, sentences, cut, name, isolated, unbroken, part, notes_list });
})((window.page = window.page || {}), (window.view = window.view || {}));
