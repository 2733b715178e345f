'use strict';
/* The line of chips that say the filter; each opens its editor. Escape closes it and gives the focus back. */
(function (page, view) {
  const { el, by, fill, button, cut } = view;
  const MOST = 34; // letters on a chip
  const CHIPS = {
    areas: 'Areas', period: 'Dates, and the earlier period they are compared with', hours: 'Hours of the day', weekdays: 'Days of the week',
    who: 'Resource, unit, department, role', more: 'Key crime types and further filters',
  };
  let open = '';

  const listed = (words) => cut(page.listed(words, 1), MOST);

  function period_words({ asked, comparison }) {
    if (!asked.first || !asked.last) return 'All days';
    const [first, last] = [page.day_of(asked.first), page.day_of(asked.last)];
    const words = page.period_in_words(first, last);
    const year = page.facts.as_of ? page.facts.as_of.slice(0, 4) : '';
    const short = asked.first.slice(0, 4) === year && asked.last.slice(0, 4) === year ? words.replace(/ \d{4}$/, '') : words;
    return `${short}${{ before: ' v earlier', year: ' v last year', none: '' }[comparison]}`;
  }

  const two = (hour) => String(hour % 24).padStart(2, '0');
  const hours_words = (asked) => (asked.hour_from === 0 && asked.hour_to === 24 ? 'Any hour' : `${two(asked.hour_from)}:00–${two(asked.hour_to)}:00`);
  const readable = (field, value) => view.value_words(field, value);

  /** For each chip its words, and whether it leaves something out. */
  function chip_words(now) {
    const { asked } = now;
    const of = (fields) => fields.flatMap((field) => asked[field].map((value) => readable(field, value)));
    const [who, more] = [of(['resources', 'units', 'departments', 'officer_roles']), of(['key_types', 'kinds', 'categories', 'modes'])];
    return {
      areas: [asked.areas.length ? listed(asked.areas.map((id) => view.area_name(id))) : 'All Impact Areas', asked.areas.length > 0],
      period: [period_words(now), false],
      hours: [now.state.any_hour ? (asked.hour_from === 0 && asked.hour_to === 24 ? 'Any hour' : 'Whole days') : hours_words(asked), asked.hour_from !== 0 || asked.hour_to !== 24],
      weekdays: [asked.weekdays.length === 7 ? 'Any weekday' : page.weekdays_in_words(asked.weekdays), asked.weekdays.length < 7],
      who: [who.length ? listed(who) : 'All resources', who.length > 0],
      more: [more.length ? listed(more) : 'All crimes', more.length > 0],
    };
  }

  function close(back) {
    if (!open) return;
    const chip = by(`chip-${open}`);
    open = '';
    by('editor-place').replaceChildren();
    for (const name of Object.keys(CHIPS)) by(`chip-${name}`).setAttribute('aria-expanded', 'false');
    if (back) chip.focus({ preventScroll: true });
  }

  function toggle(name) {
    if (open === name) {
      close(true);
      return;
    }
    close(false);
    open = name;
    const chip = by(`chip-${name}`);
    chip.setAttribute('aria-expanded', 'true');
    const panel = el('div.editor', { role: 'dialog', 'aria-label': CHIPS[name], id: `editor-${name}` });
    by('editor-place').append(panel);
    place(panel, chip);
    view.editors[name].begin();
    refill();
    const first = panel.querySelector('input:not([disabled]), select, button');
    if (first) first.focus({ preventScroll: true });
  }

  /** Below its chip, within the window. */
  function place(panel, chip) {
    const bar = by('bar');
    const left = Math.max(0, Math.min(chip.offsetLeft, bar.clientWidth - panel.offsetWidth));
    panel.style.setProperty('left', `${left}px`);
    panel.style.setProperty('top', `${chip.offsetTop + chip.offsetHeight + 6}px`);
  }

  function refill() {
    const panel = open && by(`editor-${open}`);
    if (!panel) return;
    const at = panel.scrollTop;
    const lists = [...panel.querySelectorAll('.many')].map((list) => list.scrollTop);
    fill(panel, view.editors[open].made(), el('div.editor-end', {}, button('done', 'Done', () => close(true), { class: 'quiet' })));
    panel.scrollTop = at;
    [...panel.querySelectorAll('.many')].forEach((list, i) => { list.scrollTop = lists[i] || 0; });
  }

  function begin_chips() {
    const keys = (event) => {
      if (event.key !== 'Escape' || !open) return;
      event.preventDefault();
      close(true);
    };
    by('bar').addEventListener('keydown', keys);
    by('bar').addEventListener('focusout', (event) => {
      if (open && event.relatedTarget && !by('bar').contains(event.relatedTarget)) close(false);
    });
    document.addEventListener('pointerdown', (event) => {
      if (open && !by('bar').contains(event.target)) close(false);
    });
    const chips = Object.entries(CHIPS).map(([name, words]) => el('button.chip', {
      type: 'button', id: `chip-${name}`, 'aria-haspopup': 'dialog', 'aria-expanded': 'false', title: words, on: { click: () => toggle(name) },
    }));
    fill(by('chips'), chips,
      button('undo', '↶', () => window.history.back(), { id: 'undo', class: 'icon', 'aria-label': 'Undo', title: 'Undo: as the back button of the browser' }),
      button('reset', 'Reset', () => view.go(view.first_asked(), { comparison: 'before', figure: 'officer_hours' }), { id: 'reset', class: 'quiet' }));
  }

  function draw_chips(now) {
    for (const [name, [words, kept]] of Object.entries(chip_words(now))) {
      const chip = by(`chip-${name}`);
      chip.classList.toggle('kept', kept);
      fill(chip, view.name(words), el('span.caret', { 'aria-hidden': 'true' }, ' ▾'));
      chip.setAttribute('aria-label', `${CHIPS[name].split(',')[0]}: ${view.isolated(words)}`);
    }
    by('undo').disabled = !view.undoable();
    refill();
  }

  Object.assign(view, { begin_chips, draw_chips, hours_words });
})((window.page = window.page || {}), (window.view = window.view || {}));
