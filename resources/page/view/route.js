'use strict';
/* What is looked at, as the address of the page has it: "#area=E01&from=2024-06-07&to=2024-07-04&hours=22-7". Going back is undo. */
(function (page, view) {
  const MANY = {
    area: 'areas', unit: 'units', department: 'departments', role: 'officer_roles', resource: 'resources', mode: 'modes', kind: 'kinds',
    category: 'categories', key: 'key_types',
  };
  const OTHERS = ['from', 'to', 'days', 'hours', 'weekdays', 'earlier', 'figure'];
  const COMPARISONS = ['before', 'year', 'none'];
  const DAY = /^\d{4}-\d\d-\d\d$/;
  const BLANK = {
    areas: [], first: null, last: null, hour_from: 0, hour_to: 24, weekdays: [0, 1, 2, 3, 4, 5, 6], units: [], departments: [],
    officer_roles: [], resources: [], modes: [], kinds: [], categories: [], key_types: [],
  };

  /** The filter that the page opens with, as plain values. */
  const first_asked = () => ({ ...BLANK, ...page.facts.default_state });

  function known_values() {
    const found = {
      areas: new Set(page.facts.areas.filter((a) => a.role !== 'site').map((a) => a.id)),
      modes: new Set(Object.keys(page.MODE_WORDS)),
    };
    for (const field of Object.values(MANY)) found[field] = found[field] || new Set(page.facts.choices[field] || []);
    return found;
  }

  const is_day = (text) => DAY.test(text || '') && !Number.isNaN(Date.parse(text));

  /** Days, hours and weekdays of an address into a filter; false where it has one of them that is none. */
  function days_into(asked, query) {
    const [from, to] = [query.get('from'), query.get('to')];
    const dated = is_day(from) && is_day(to) && from <= to;
    if (query.get('days') === 'all') [asked.first, asked.last] = [null, null];
    if (dated) [asked.first, asked.last] = [from, to];
    const hours = /^(\d{1,2})-(\d{1,2})$/.exec(query.get('hours') || '');
    const [begin, end] = hours ? [Number(hours[1]), Number(hours[2])] : [0, 0];
    const timed = begin <= 23 && end >= 1 && end <= 24 && begin !== end;
    if (timed) [asked.hour_from, asked.hour_to] = [begin, end];
    const weekdays = [...new Set((query.get('weekdays') || '').split('').map(Number))];
    const some = weekdays.filter((day) => day >= 1 && day <= 7);
    if (some.length) asked.weekdays = some.sort().map((day) => day - 1);
    const asks = (name) => Boolean(query.get(name));
    return (dated || !(from || to)) && (timed || !asks('hours')) && (some.length === weekdays.length || !asks('weekdays'));
  }

  /**
   * What an address asks for; what is not understood is left out.
   * @returns {{asked: object, comparison: string, figure: string, dropped: boolean}} `dropped`: a part of it is not understood, or not in these data
   */
  function view_of(hash) {
    const query = new URLSearchParams(hash.replace(/^#/, ''));
    const [asked, known] = [first_asked(), known_values()];
    let dropped = false;
    for (const [name, field] of Object.entries(MANY)) {
      const values = [...new Set(query.getAll(name))];
      const kept = values.filter((value) => known[field].has(value));
      dropped = dropped || kept.length < values.length;
      if (values.length) asked[field] = kept;
    }
    const named = [...query].every(([name, value]) => !value || Object.hasOwn(MANY, name) || OTHERS.includes(name));
    dropped = !days_into(asked, query) || dropped || !named;
    const comparison = COMPARISONS.includes(query.get('earlier')) ? query.get('earlier') : 'before';
    const figure = view.FIGURES.some(([key]) => key === query.get('figure')) ? query.get('figure') : 'officer_hours';
    dropped = dropped || [['earlier', comparison], ['figure', figure]].some(([name, kept]) => query.get(name) && query.get(name) !== kept);
    return { asked, comparison, figure, dropped };
  }

  /** The address of a view, "" for the one that the page opens with; with `dated` its days stand in it whichever they are. */
  function hash_of({ asked, comparison, figure }, dated = false) {
    const [first, query] = [first_asked(), new URLSearchParams()];
    for (const [name, field] of Object.entries(MANY)) for (const value of asked[field]) query.append(name, value);
    if (dated || asked.first !== first.first || asked.last !== first.last) {
      if (asked.first && asked.last) for (const [name, day] of [['from', asked.first], ['to', asked.last]]) query.set(name, day);
      else query.set('days', 'all');
    }
    if (asked.hour_from !== 0 || asked.hour_to !== 24) query.set('hours', `${asked.hour_from}-${asked.hour_to}`);
    if (asked.weekdays.length < 7) query.set('weekdays', asked.weekdays.map((day) => day + 1).join(''));
    if (comparison !== 'before') query.set('earlier', comparison);
    if (figure !== 'officer_hours') query.set('figure', figure);
    const text = query.toString();
    return text ? `#${text}` : '';
  }

  let drawn = null;

  function show(now) {
    view.now = { ...now, state: page.state_of(now.asked) };
    drawn = window.location.hash;
    view.draw(view.now);
  }

  /** Look at something else: a change of the filter, and of `comparison` or `figure`; a step that the back button undoes. */
  function go(change, other) {
    const next = { ...view.now, ...other, asked: { ...view.now.asked, ...change }, dropped: false };
    next.asked.weekdays = [...next.asked.weekdays].sort();
    const hash = hash_of(next);
    if (hash === window.location.hash) return;
    const depth = (window.history.state && window.history.state.depth) || 0;
    try {
      window.history.pushState({ depth: depth + 1 }, '', hash || '#');
    } catch (error) { // a browser that lets no file do so: the step is in its history all the same
      window.location.hash = hash;
    }
    show(next);
  }

  /** Whether there is a step of this page to undo. */
  const undoable = () => Boolean(window.history.state && window.history.state.depth);

  function begin_route() {
    const changed = () => {
      if (window.location.hash !== drawn) show(view_of(window.location.hash));
    };
    window.addEventListener('popstate', changed);
    window.addEventListener('hashchange', changed);
    show(view_of(window.location.hash));
  }

  Object.assign(view, { go, undoable, begin_route, first_asked, hash_of });
})((window.page = window.page || {}), (window.view = window.view || {}));
