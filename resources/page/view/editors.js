'use strict';
/* The editors of the chips. Each control changes the filter at once, and each change can be undone. */
(function (page, view) {
  const { el, button, select, name } = view;
  const FULL = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
  const KINDS = { crime: 'Crimes', incident: 'Incidents (calls for service)', stop_search: 'Stop and search' };
  const MODES = { foot: 'On foot', vehicle: 'In a vehicle', bicycle: 'On a bicycle', stationary: 'Stopped', unknown: 'Cannot tell' };
  const ROLES = { impact: 'Impact Areas', comparison: 'Comparison areas', buffer: 'Rings around areas', other: 'Other areas' };
  const EVERY = [0, 1, 2, 3, 4, 5, 6];
  const text = { areas: '', categories: '' }; // typed to find a value

  function value_words(field, value) {
    if (!value.trim()) return '(empty)';
    const known = { modes: MODES, kinds: KINDS }[field] || {};
    return known[value] || (field === 'units' ? value : value.replaceAll('_', ' '));
  }

  const area_name = (id) => (page.facts.areas.find((a) => a.id === id) || { name: id }).name;
  const asked = () => view.now.asked;
  const turned = (values, value) => (values.includes(value) ? values.filter((v) => v !== value) : [...values, value]);

  /** A tick box for each value; `words` are what it is called. */
  function many(field, values, words) {
    return el('div.many', {}, values.map((value) => el('label.tick', {},
      el('input', {
        type: 'checkbox', 'data-key': `${field}:${value}`, props: { checked: asked()[field].includes(value) },
        on: { change: () => view.go({ [field]: turned(asked()[field], value) }) },
      }), name(words(value), { title: words(value) }))));
  }

  function group(title, ...children) {
    return el('fieldset', {}, el('legend', {}, title), children);
  }

  /** A box to find values in a long list by. */
  function finder(field, label, refill) {
    return el('input.find', {
      type: 'search', 'data-key': `find-${field}`, placeholder: label, 'aria-label': label, autocomplete: 'off', spellcheck: 'false',
      props: { value: text[field] },
      on: { input: (event) => { text[field] = event.target.value; refill(); } },
    });
  }

  const found_in = (field, words) => words.toLocaleLowerCase('en-GB').includes(text[field].trim().toLocaleLowerCase('en-GB'));

  function areas_made() {
    const every = page.facts.areas.filter((a) => a.role !== 'site');
    const place = el('div');
    const lists = () => {
      const shown = every.filter((a) => found_in('areas', a.name));
      const groups = Object.entries(ROLES).map(([role, title]) => [title, shown.filter((a) => a.role === role)]).filter(([, rows]) => rows.length);
      view.fill(place, groups.length ? groups.map(([title, rows]) => group(title, many('areas', rows.map((a) => a.id), area_name)))
        : el('p.pale', {}, 'No area has such a name.'));
    };
    lists();
    return [
      el('div.row', {}, finder('areas', 'Find an area', lists),
        button('all-areas', 'All Impact Areas', () => view.go({ areas: [] }), { 'aria-pressed': String(!asked().areas.length) })),
      place,
    ];
  }

  const shifted = (day, by) => page.iso_of(page.day_of(day) + by);

  /** [words, first, last] of the periods that are offered. */
  function periods() {
    const first = view.first_asked();
    const last = page.facts.last_complete_day || page.facts.data_days.last;
    const month = page.first_of_month(page.day_of(last) + 1, -1);
    const whole = [page.iso_of(month), page.iso_of(page.first_of_month(month, 1) - 1)];
    return [
      ['Last four whole weeks', first.first, first.last], ['Last 28 days', shifted(last, -27), last], ['Last 7 days', shifted(last, -6), last],
      [page.month_in_words(month), ...whole], ['All the data', null, null],
    ];
  }

  function day_box(field, label) {
    const { first, last } = page.facts.data_days;
    return el('label.field', {}, label, el('input', {
      type: 'date', 'data-key': field, min: first, max: last, props: { value: asked()[field] || (field === 'first' ? first : last) },
      on: { change: (event) => day_changed(field, event.target) },
    }));
  }

  function day_changed(field, box) {
    const { first, last } = page.facts.data_days;
    const now = { first: asked().first || first, last: asked().last || last, [field]: box.value };
    const why = !box.value ? 'Give a whole date.' : now.first > now.last ? 'The first day is after the last one: choose an earlier first day.'
      : box.value < first || box.value > last ? `The data run over ${page.period_in_words(page.day_of(first), page.day_of(last))} only.` : '';
    box.setCustomValidity(why);
    view.by('period-why').textContent = why;
    if (!why) view.go({ first: now.first, last: now.last });
  }

  function period_made() {
    const versus = [['before', 'the period before'], ['year', 'the same weeks last year'], ['none', 'nothing']];
    return [
      group('Period', el('div.row', {}, periods().map(([words, first, last], i) => button(`period-${i}`, words, () => view.go({ first, last }),
        { 'aria-pressed': String(asked().first === first && asked().last === last) }))),
      el('div.row', {}, day_box('first', 'First day'), day_box('last', 'Last day, included')),
      el('p.why', { id: 'period-why', role: 'alert' })),
      group('Compared with', el('div.row', {}, versus.map(([value, words]) => el('label.tick', {}, el('input', {
        type: 'radio', name: 'earlier', value, 'data-key': `earlier-${value}`, props: { checked: view.now.comparison === value },
        on: { change: () => view.go({}, { comparison: value }) },
      }), words)))),
    ];
  }

  const hour_words = (hour) => `${String(hour % 24).padStart(2, '0')}:00`;

  let other_hours = null; // made once: typing into it is not broken off while the page is drawn

  /** First hour and end in boxes of their own. */
  function hours_boxes() {
    const hours = [...Array(24).keys()];
    const ends = hours.map((h) => [String(h + 1), h === 23 ? '24:00' : hour_words(h + 1)]);
    const boxes = [['hour-from', 'From', hours.map((h) => [String(h), hour_words(h)])], ['hour-to', 'Until', ends]]
      .map(([key, words, choices]) => select(key, words, choices, '', changed));
    const why = el('p.why', { role: 'alert' });
    function changed() {
      const [begin, end] = boxes.map((box) => Number(box.value));
      why.textContent = begin === end ? 'The hours begin and end at once: choose another end.' : '';
      if (begin !== end) view.go({ hour_from: begin, hour_to: end });
    }
    return { boxes, why, part: group('Other hours', el('div.row', {}, boxes.map((box, i) => el('label.field', {}, ['From', 'until'][i], box))), why,
      el('p.pale', {}, 'Hours after midnight belong to the evening that they follow.')) };
  }

  function hours_made() {
    const { hour_from: from, hour_to: to } = asked();
    other_hours = other_hours || hours_boxes();
    [from, to].forEach((hour, i) => { other_hours.boxes[i].value = String(hour); });
    other_hours.why.textContent = '';
    return [
      group('Shift', el('div.row', {}, page.facts.shifts.map(([words, begin, end], i) => button(`shift-${i}`, words,
        () => view.go({ hour_from: begin, hour_to: end }), { 'aria-pressed': String(begin === from && end === to) })))),
      other_hours.part,
    ];
  }

  function weekdays_made() {
    const chosen = asked().weekdays;
    const sets = [['Any weekday', EVERY], ['Mon–Fri', [0, 1, 2, 3, 4]], ['Fri–Sat', [4, 5]], ['Sat–Sun', [5, 6]]];
    const tick = (day) => {
      const next = turned(chosen, day);
      if (next.length) view.go({ weekdays: next });
      else view.draw_chips(view.now); // the last one stays: no weekday is no filter
    };
    return [
      el('div.row', {}, sets.map(([words, days], i) => button(`weekdays-${i}`, words, () => view.go({ weekdays: days }),
        { 'aria-pressed': String(String(days) === String(chosen)) }))),
      group('Days of the week', el('div.row', {}, FULL.map((words, day) => el('label.tick', {}, el('input', {
        type: 'checkbox', 'data-key': `weekday-${day}`, props: { checked: chosen.includes(day) }, on: { change: () => tick(day) },
      }), words)))),
    ];
  }

  function lists(groups) {
    return groups.map(([field, title, none]) => {
      const values = field === 'modes' ? Object.keys(MODES) : page.facts.choices[field] || [];
      return group(title, values.length ? many(field, values, (value) => value_words(field, value)) : el('p.pale', {}, none));
    });
  }

  const who_made = () => [
    el('p.pale', {}, 'Officer time by resource, unit, department and role is known of whole closed months.'),
    lists([['resources', 'Resource', 'The data name no resource type.'], ['units', 'Unit', 'The data name no unit.'],
      ['departments', 'Department', 'The data name no department.'], ['officer_roles', 'Role', 'The data name no role.']]),
  ];

  const more_made = () => lists([['key_types', 'Key crime types', 'No event is marked as a key type.'],
    ['kinds', 'Kinds of event', 'No crimes, incidents or searches were imported yet.'],
    ['categories', 'Categories', 'The events have no category.'], ['modes', 'How officers moved', '']]);

  const begin = () => { text.areas = ''; };
  view.editors = {
    areas: { begin, made: areas_made }, period: { begin, made: period_made }, hours: { begin, made: hours_made },
    weekdays: { begin, made: weekdays_made }, who: { begin, made: who_made }, more: { begin, made: more_made },
  };
  Object.assign(view, { value_words, area_name });
})((window.page = window.page || {}), (window.view = window.view || {}));
