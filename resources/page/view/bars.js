'use strict';
/* Who was there, by resource, unit, department or role in whole closed months; and what officer time is linked to. */
(function (page, view) {
  const { el, of_whole } = view;
  const DIMENSIONS = [['resource_type', 'by resource'], ['unit', 'by unit'], ['department', 'by department'], ['officer_role', 'by role']];
  let dimension = 'resource_type';

  const share_words = (bar) => bar.share || page.share(bar.percent);

  function bar_row(bar) {
    const beside = page.known(bar.comparison);
    return el('tr', {}, el('th', { scope: 'row' }, view.name(page.capitalised(bar.label))),
      el('td.track', { 'data-tip': beside ? `comparison areas ${bar.comparison_share}` : null }, el('div.scale', { 'aria-hidden': 'true' },
        el('span', { class: `length of-${bar.key}`, style: { width: of_whole(bar.percent) } }),
        page.known(bar.low) && page.known(bar.high) ? el('span.whisker', { style: { left: of_whole(bar.low), width: of_whole(bar.high - bar.low) } }) : null,
        page.known(bar.comparison_low) ? el('span.mark-range', { style: { left: of_whole(bar.comparison_low), width: of_whole(bar.comparison_high - bar.comparison_low) } }) : null,
        beside ? el('span.mark', { style: { left: of_whole(bar.comparison) } }) : null)),
      el('td.number', {}, share_words(bar)), el('td.number.pale', {}, `${page.number(bar.value)} h`),
      el('td.vh', {}, beside ? `comparison areas ${bar.comparison_share}` : ''));
  }

  /** Bars in the order they come in: groups of officers stand by name and have no rank. */
  function bars_table(bars, label) {
    const heads = ['', '', 'Share', 'Hours'];
    return el('table.bars', { 'aria-labelledby': label }, el('thead.vh', {}, el('tr', {}, heads.map((words) => el(words ? 'th' : 'td', words ? { scope: 'col' } : {}, words)), el('td'))),
      el('tbody', {}, bars.map(bar_row)));
  }

  function draw_who(now) {
    const asked = page.group_hours(now.state, dimension);
    // Groups are known of whole closed months: the nearest is shown, and named, in place of days that nobody may split.
    const instead = !(asked.bars || []).length && asked.refusal && asked.refusal.instead;
    const found = instead ? page.group_hours(page.state_of(view.plain(instead)), dimension) : asked;
    const turn = { key: 'dimension', name: 'Officer time by', choices: DIMENSIONS, chosen: dimension, changed: (value) => { dimension = value; draw_who(view.now); } };
    const why = asked.refusal ? asked.refusal.why : asked.why;
    const bars = found.bars || [];
    view.part('who', { title: 'Who was there', beside: instead ? asked.refusal.offer : '', controls: [turn] },
      bars.length ? bars_table(bars, 'who-title') : el('p.pale', {}, view.sentences([why || 'no data'])),
      instead ? el('p.pale.caption', {}, view.sentences([why])) : null,
      instead ? el('p', {}, view.offer(asked.refusal, 'offer-who')) : null, view.notes_list(bars.length ? found.notes || [] : []));
  }

  function draw_what(now) {
    const found = page.activities(now.state);
    const bars = found.bars || [];
    view.part('what', { title: 'What their time is linked to' },
      bars.length ? bars_table(bars, 'what-title') : el('p.pale', {}, view.sentences([found.why || 'no data'])), view.notes_list(bars.length ? found.notes || [] : []));
  }

  Object.assign(view, { draw_who, draw_what });
})((window.page = window.page || {}), (window.view = window.view || {}));
