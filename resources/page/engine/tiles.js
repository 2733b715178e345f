'use strict';
/* The four tiles: officer hours, how officers moved, crimes and incidents, stop and search (ia_plugin/core/dashboard/tiles.py, basis.py). */
(function (page) {
  const { say, phrase, amount, number, known, mode_share, range_of, ratio, count_of, DASH, MODE_WORDS } = page;
  const LEAST_OF_PERCENT = 10; // records, or hours: fewer have no percentage
  const LEAST_SEARCHES = LEAST_OF_PERCENT;
  const FEW_RESULTS = say("under {n} searches with a result", { n: LEAST_SEARCHES });
  const FAIRNESS = phrase("This cannot show whether searches were fair between ethnic groups; see the force's disproportionality figures.");
  const COMPARED = phrase("comparison together");
  const ONE_BY_ONE = phrase("“Together” is pooled over areas; a median takes areas one by one.");
  const TICK = '│';
  const SHORT = 60;
  const NOUN = { crimes: phrase("crimes"), incidents: phrase("incidents"), searches: phrase("searches") };
  const UNITS = {
    hours: phrase("officer hours (h); the gauge in hours per km²"),
    moved: phrase("per cent of officer hours"),
    events: phrase("records; the gauge in records per km²"),
    searches: phrase("searches; the gauge in per cent of those with a result"),
  };

  function tile(key, measure, title, more = {}) {
    const all = { key, measure, title, value: '', beside: '', lines: [], details: [], gauge: null, parts: [], why: '', n: '', unit: '', ...more };
    return { ...all, sentence: sentence_of(all) };
  }

  function sentence_of(all) {
    if (all.why) return say("{title}: not told, {why}.", all);
    const first = `${all.title}: ${[all.value, all.beside].filter(Boolean).join(' ')}`;
    return `${[first, ...all.lines, ...all.details].map((p) => p.replace(/\.+$/, '')).join('. ')}.`;
  }

  /** A figure on a scale from nought, with the same statistic of the comparison areas; `top` is the end of the scale. */
  function gauge_of(value, low, high, comparison) {
    const ends = [value, high, comparison].filter(known);
    return { value, low, high, comparison, top: 1.2 * (ends.length ? Math.max(...ends) : 1) || 1 };
  }

  /**
   * The tiles of a filter, each with what it is of (`n`) and its unit.
   * @param {object[]} table rows of the figures; @param {number} results searches with a result
   * @param {object} areas measures of every area under the filter
   */
  function tiles_of(state, table, results, comparison, areas) {
    const rows = Object.fromEntries(table.map((r) => [r.key, r]));
    const found = [hours(state, rows, comparison), moved(rows), events(state, rows, comparison, areas), searches(state, rows, results, comparison)];
    const n = basis(state, rows, results);
    return found.map((t) => (t.why ? t : { ...t, n: n[t.key], unit: UNITS[t.key] }));
  }

  function basis(state, rows, results) {
    const areas = count_of(page.chosen_place(state).areas.length, 'areas');
    const [days, asked] = [page.days_of_data(state), page.days_asked(state).length];
    const of_days = days >= asked ? count_of(days, 'days') : say("{n} of {days}", { n: number(days), days: count_of(asked, 'days') });
    const spent = rows.officer_hours.value;
    return { hours: `${areas}, ${of_days}`, moved: known(spent) ? say("of {hours}", { hours: amount(spent, 'h') }) : areas, events: areas,
      searches: say("{n} with a result", { n: number(results) }) };
  }

  function hours(state, rows, comparison) {
    const row = rows.officer_hours;
    const title = phrase("Officer hours");
    if (!known(row.value)) return tile('hours', 'officer_hours', title, { why: row.why });
    const ends = range_of(row.value, row.low, row.high, 'h');
    const per = row.value > 0 ? row.rate / row.value : NaN;
    const values = [{ value: row.value, high: row.high }, { value: row.earlier, high: row.earlier_high }];
    const change = page.change_of(state, 'presence', comparison, values);
    return tile('hours', 'officer_hours', title, {
      value: amount(row.value, 'h'), beside: ends === DASH ? '' : say("likely {ends}", { ends }), lines: [pooled(row, 'h'), ...earlier(change, row)],
      details: [...why_not(change), ...(known(row.comparison_rate) ? [ONE_BY_ONE] : [])], gauge: gauge_of(row.rate, row.low * per, row.high * per, row.comparison_rate),
    });
  }

  /** "24.7 h per km² │ comparison together 25.1": both pooled. */
  function pooled(row, what) {
    const unit = `${what} per km²`;
    const beside = known(row.comparison_rate) ? [TICK, COMPARED, number(row.comparison_rate, unit)] : [];
    return [amount(row.rate, unit), ...beside].join(' ');
  }

  function earlier(change, row, what = '') {
    if (!change.sentence) return [];
    const text = change.word || change.sentence.length <= SHORT ? change.sentence : phrase("not compared");
    const then = change.small && known(row.earlier) ? `${amount(row.earlier, row.unit)}, ` : '';
    return [[what, say("earlier: {change}", { change: then + (change.arrow ? `${change.arrow} ` : '') + text })].filter(Boolean).join(', ')];
  }

  function why_not(change, what = '') {
    if (!change.why || change.sentence.length <= SHORT) return [];
    return [[what, say("earlier: {change}", { change: change.sentence })].filter(Boolean).join(', ')];
  }

  function moved(rows) {
    const title = phrase("How they moved");
    const shown = Object.keys(MODE_WORDS).filter((m) => m in rows && known(rows[m].value));
    if (!shown.length) return tile('moved', 'foot', title, { why: rows.foot.why });
    const parts = shown.map((m) => ({ mode: m, words: MODE_WORDS[m], percent: rows[m].value, comparison: rows[m].comparison }));
    const checked = page.data().spread.checked_on_force ? [] : [phrase("not checked on this force")];
    const others = parts.slice(1).map((p) => `${p.words} ${mode_share(p.percent, rows[p.mode].low, rows[p.mode].high, true)}`).join(' · ');
    const beside = parts.filter((p) => known(p.comparison)).map((p) => `${p.words} ${mode_share(p.comparison)}`).join(' · ');
    return tile('moved', 'foot', title, {
      value: `${mode_share(parts[0].percent)} ${parts[0].words}`, lines: [...checked, others], details: beside ? [`${COMPARED}: ${beside}`] : [], parts,
    });
  }

  function events(state, rows, comparison, areas) {
    const title = phrase("Crimes · incidents");
    const shown = ['crimes', 'incidents'].filter((k) => known(rows[k].value));
    if (!shown.length) return tile('events', 'crimes', title, { why: rows.crimes.why });
    const main = rows[shown[0]];
    const [lines, details] = [[], []];
    for (const key of shown) {
      const times = times_as_many(state, areas, key);
      const change = page.change_of(state, key, comparison);
      lines.push(pooled(rows[key], key));
      if (times) details.push(say("{events} beside comparison areas: {times}", { events: NOUN[key], times }));
      if (key === shown[0]) lines.push(...earlier(change, rows[key]));
      else details.push(...earlier(change, rows[key], NOUN[key]));
      details.push(...why_not(change, NOUN[key]), ...delay(key, change), ...coarse(state, key));
    }
    return tile('events', shown[0], title, {
      value: ['crimes', 'incidents'].map((k) => number(rows[k].value)).join(' · '), beside: phrase("recorded"), lines, details,
      gauge: gauge_of(main.rate, NaN, NaN, main.comparison_rate),
    });
  }

  function delay(key, change) {
    const unknown = change.word && page.filled_to(key) === null;
    return unknown ? [say("{events}: recording delay not known, the last days may still fill", { events: NOUN[key] })] : [];
  }

  function coarse(state, key) {
    return page.coarse_notes(state, page.chosen_place(state).rows, [page.KIND_OF[key]]);
  }

  /** The ratio of pooled rates with its interval from how areas differ; "" where there are too few. */
  function times_as_many(state, areas, key) {
    const chosen = new Set(page.chosen_place(state).areas);
    const amounts = areas.columns[key].value;
    const kept = areas.places.map((p, i) => i).filter((i) => {
      const { label, role } = areas.places[i];
      return (chosen.has(label) || role === 'comparison') && Number.isFinite(amounts[i]) && areas.km2[i] > 0;
    });
    const impact = kept.map((i) => chosen.has(areas.places[i].label));
    const own = impact.filter(Boolean).length;
    const values = kept.map((i) => amounts[i]);
    if (Math.min(own, kept.length - own) < page.LEAST_AREAS || !(page.sum_of(values) > 0)) return '';
    const got = page.pooled_ratio(values, kept.map((i) => areas.km2[i]), impact);
    if (!(known(got.low) && known(got.high))) return '';
    return say("{word}: {low}–{high} times", { word: page.word_of(got.low, got.high), low: ratio(got.low), high: ratio(got.high) });
  }

  /** What follows a number of searches: in what share of those whose result is known an object was found. */
  function found_in_words(share, results, n) {
    if (number(results) === number(n)) return say("searches; an object was found in {share} of them", { share });
    return say("searches; an object was found in {share} of the {n} with a result", { share, n: number(results) });
  }

  function searches(state, rows, results, comparison) {
    const title = phrase("Stop and search");
    const [row, found] = [rows.searches, rows.found];
    if (!known(row.value)) return tile('searches', 'searches', title, { why: row.why });
    let [gauge, beside, line] = [null, '', FEW_RESULTS];
    const details = [];
    if (known(found.value)) {
      const ends = range_of(found.value, found.low, found.high, '');
      beside = found_in_words(`${mode_share(found.value)} (${ends})`, results, row.value);
      gauge = gauge_of(found.value, found.low, found.high, found.comparison);
      line = [phrase("share found"), ...(known(found.comparison) ? [TICK, COMPARED, mode_share(found.comparison)] : [])].join(' ');
    }
    const change = page.change_of(state, 'searches', comparison);
    details.push(...earlier(change, row, NOUN.searches), ...why_not(change), ...delay('searches', change), ...coarse(state, 'searches'));
    return tile('searches', 'searches', title, { value: number(row.value), beside, lines: [line, FAIRNESS], details, gauge });
  }

  Object.assign(page, { LEAST_OF_PERCENT, LEAST_SEARCHES, FEW_RESULTS, FAIRNESS, tiles_of });
})((window.page = window.page || {}));
