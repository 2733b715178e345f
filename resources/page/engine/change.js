'use strict';
/* How a figure stands to the earlier period: ia_plugin/core/dashboard/change.py (METHODS, Verdict, Earlier). */
(function (page) {
  const { say, phrase, amount, number, sum_of } = page;
  const ARROWS = { more: '↑', fewer: '↓' };

  function told(word, low, high) {
    const sentence = say("{word} ({low} to {high} %)", { word, low: signed(low), high: signed(high) });
    return { word, low, high, why: '', small: false, sentence, arrow: ARROWS[word] || '' };
  }

  function not_told(why = '', small = false) {
    const sentence = small || !why ? why : say("not compared: {why}", { why });
    return { word: '', low: NaN, high: NaN, why, small, sentence, arrow: '' };
  }

  /** Whole per cent with its sign. */
  function signed(percent) {
    const text = number(page.whole(percent));
    return percent < 0 || text === '0' ? text : `+${text}`;
  }

  /** What a period had: its days with data, their amounts and the relative error of their sum. */
  function daily(flow, error) {
    const known = flow.values.map((v, i) => i).filter((i) => Number.isFinite(flow.values[i]));
    const values = known.map((i) => flow.values[i]);
    return { values, weekdays: known.map((i) => page.weekday_of(flow.days[i])), n: values.length, sum: sum_of(values), error };
  }

  /** The change of a sum between two periods of the same weekdays; `counts`: days vary by chance at the least as Poisson's law has it. */
  function change(now, before, counts) {
    if (Math.min(now.sum, before.sum) < page.LEAST_OF_PERCENT) {
      return not_told(say("no percentage of under {least}", { least: amount(page.LEAST_OF_PERCENT, counts ? '' : 'h') }), true);
    }
    const factor = now.sum / now.n / (before.sum / before.n);
    const [spread, degrees] = spread_of(now, before);
    if (degrees < 1) return not_told(phrase("too few days to tell by how much days differ"));
    let variance;
    if (counts) {
      const expected = (now.sum / now.n + before.sum / before.n) / 2;
      variance = Math.max(1, spread * expected) * (1 / now.sum + 1 / before.sum);
    } else {
      variance = spread * (1 / now.n + 1 / before.n) + now.error ** 2 + before.error ** 2;
    }
    const half = page.t95(degrees) * Math.sqrt(variance);
    const [low, high] = [-1, 1].map((side) => 100 * (factor * Math.exp(side * half) - 1));
    return told(low > 0 ? phrase("more") : high < 0 ? phrase("fewer") : phrase("no clear change"), low, high);
  }

  /** Variance of a day ÷ the square of its period's mean, within weekdays, and its degrees of freedom. */
  function spread_of(now, before) {
    const values = [now, before].flatMap((p) => p.values.map((v) => v / (p.sum / p.n)));
    const weekday = [...now.weekdays, ...before.weekdays];
    const [n, sums] = [new Float64Array(7), new Float64Array(7)];
    values.forEach((v, i) => {
      n[weekday[i]] += 1;
      sums[weekday[i]] += v;
    });
    const degrees = values.length - n.filter((k) => k > 0).length - 1;
    const apart = sum_of(values.map((v, i) => (v - sums[weekday[i]] / Math.max(n[weekday[i]], 1)) ** 2));
    return [apart / Math.max(degrees, 1), degrees];
  }

  /**
   * The change of officers' time or of a count in the places of a filter since the earlier period, or why it is not told.
   * @param {string} what presence, crimes, incidents or searches
   * @param {string} comparison before, year or none
   * @param {object[]} [values] {value, high} of officer hours of the period and the earlier one
   */
  function change_of(state, what, comparison, values = [null, null]) {
    const earlier = page.earlier_of(state, comparison);
    if (!earlier) return not_told();
    const why = page.why_not_compared(state, earlier, what);
    if (why) return not_told(why);
    const found = [];
    for (const [k, span] of [state, earlier].entries()) {
      const flow = page.by_day(span, what);
      if (flow.why) return not_told(flow.why);
      found.push(daily(flow, error_of(values[k])));
    }
    return change(found[0], found[1], what !== 'presence');
  }

  /** Relative standard error of an estimate by its likely range. */
  function error_of(value) {
    if (!value || !(value.value > 0 && Number.isFinite(value.high))) return 0;
    return (value.high - value.value) / (page.Z90 * value.value);
  }

  Object.assign(page, { change_of });
})((window.page = window.page || {}));
