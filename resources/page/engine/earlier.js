'use strict';
/* Figures of an earlier period, and whether they are compared with the later one's: ia_plugin/core/material/earlier.py. */
(function (page) {
  const { say, phrase, count_of } = page;
  const LEAST_OBSERVED = 0.9;

  /** What a measure is made from: presence, crimes, incidents or searches. */
  function what_of(key) {
    if (key in page.KIND_OF) return key;
    return page.OF_EVENTS.includes(key) || key === 'results' ? 'searches' : 'presence';
  }

  /** Every measure of places in a period that `later` is compared with; not known, and why, where the rule forbids to compare. */
  function measured_earlier(earlier, places, later) {
    const found = page.measured(earlier, places);
    const whys = Object.fromEntries(['presence', ...Object.keys(page.KIND_OF)].map((what) => [what, why_not_compared(later, earlier, what)]));
    const columns = Object.entries(found.columns).map(([key, column]) => {
      const why = whys[what_of(key)];
      return [key, why ? page.without(column, column.value.map(Number.isFinite), why) : column];
    });
    return { ...found, columns: Object.fromEntries(columns) };
  }

  /** Why the figures of a period are not compared with those of an earlier one; blank where they are. */
  function why_not_compared(state, earlier, what) {
    if (Object.keys(state.groups).length && what === 'presence') return phrase("groups of officers are told by whole months");
    const kinds = [state, earlier].map((s) => {
      const n = new Array(7).fill(0);
      for (const day of page.days_asked(s)) n[page.weekday_of(day)] += 1;
      return n.join();
    });
    if (kinds[0] !== kinds[1]) return phrase("the periods have other weekdays");
    const periods = [[state, phrase("this period")], [earlier, phrase("the earlier period")]];
    for (const [span, period] of periods) {
      const [mark] = page.marks_in(span, span.first, span.last);
      if (mark) return say("a note falls into {period} ({note})", { period, note: `${page.day_in_words(mark.first)}: ${mark.text}` });
    }
    const filling = page.why_filling(state, what);
    if (filling) return filling;
    for (const [span, period] of periods) {
      const [asked, n] = [page.days_asked(span).length, page.days_with_data(span, what)];
      if (n < LEAST_OBSERVED * asked || (span !== state && !reaches_back(span, what))) {
        return say("data on {n} of {days} of {period}", { n, days: count_of(asked, 'days'), period });
      }
    }
    return '';
  }

  /** Whether the data begin on the first day of an earlier period. */
  function reaches_back(earlier, what) {
    return what === 'presence' ? page.time_reaches_back(earlier) : page.reaches_back(earlier, page.KIND_OF[what]);
  }

  Object.assign(page, { measured_earlier, why_not_compared });
})((window.page = window.page || {}));
