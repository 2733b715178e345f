'use strict';
/* The verdict on two groups of areas: ia_plugin/core/answers/verdict.py and evaluation/pooled.py (METHODS, Verdict). */
(function (page) {
  const { say, phrase, amount, range_of, ratio, share, count_of, capitalised, lowered, sum_of } = page;
  const [LEAST_AREAS, LEAST_OBSERVED, LEAST_HOURS, WELL_OBSERVED] = [5, 0.5, 10, 0.9];
  const ABOUT_AS_MANY = [0.8, 1.25];
  const UNIT = 'h per km²';
  const ABOUT = phrase("about as many");
  const CANNOT_TELL = phrase("cannot tell");
  const Z90 = 1.6448536269514722; // of the normal law, to the last digit: what t comes to

  /** The value under which 95 in 100 of t's values lie; of many degrees of freedom by its expansion (Fisher & Cornish 1960). */
  function t95(degrees) {
    const { t95: table } = page.data();
    if (degrees <= table.length) return table[degrees - 1];
    const z = Z90;
    const parts = [(z ** 3 + z) / 4, (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96, (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384];
    return parts.reduce((sum, part, k) => sum + part / degrees ** (k + 1), z);
  }

  /**
   * The ratio of pooled rates of two groups with its 90 % interval: the jackknife over areas.
   * @param {number[]} amounts @param {number[]} against km² @param {boolean[]} impact which areas are of the first group
   * @param {number[]} shared relative errors that all areas of each group share
   */
  function pooled_ratio(amounts, against, impact, shared = [0, 0]) {
    const sides = [true, false].map((side) => ({ some: impact.map((i) => i === side), n: impact.filter((i) => i === side).length }));
    const sums = sides.map(({ some }) => [amounts, against].map((values) => values.map((v, i) => (some[i] ? v : 0))));
    const log_of = (a, b) => Math.log(sum_of(a) / sum_of(b));
    const centre = finite(log_of(...sums[0]) - log_of(...sums[1]));
    const left = impact.map((_, i) => finite(logs_without(sums[0], i) - logs_without(sums[1], i)));
    const moved = left.map((w, i) => ((sides[impact[i] ? 0 : 1].n - 1) / Math.max(sides[impact[i] ? 0 : 1].n, 1)) * (w - centre) ** 2);
    const found = { estimate: Math.exp(centre), low: NaN, high: NaN, without: left.map(Math.exp) };
    if (!Number.isFinite(centre) || left.some((w) => !Number.isFinite(w)) || sides.some((s) => s.n < 2)) return found;
    const reach = t95(amounts.length - 2) * Math.sqrt(sum_of(moved) + shared[0] ** 2 + shared[1] ** 2);
    return { ...found, low: Math.exp(centre - reach), high: Math.exp(centre + reach) };
  }

  function finite(value) {
    return Number.isFinite(value) ? value : NaN;
  }

  function logs_without([amounts, against], i) {
    const [a, b] = [amounts, against].map((values) => {
      const others = values.filter((v, k) => v !== 0 && k !== i).length;
      return others ? sum_of(values) - values[i] : 0; // nothing left is 0, and no rounding error
    });
    return Math.log(a / b);
  }

  /** What the interval of a ratio allows to be said. */
  function word_of(low, high) {
    if (ABOUT_AS_MANY[0] <= low && high <= ABOUT_AS_MANY[1]) return ABOUT;
    return low > 1 ? phrase("more") : high < 1 ? phrase("fewer") : CANNOT_TELL;
  }

  /** Areas whose officer time is set beside that of others: hours, km² and errors of each. */
  function group_of(state, areas, name) {
    const ground = page.ground_of(state);
    // An area that does not count in the period has no ground, and is none of the areas compared.
    const places = (areas.length ? page.area_places(areas) : []).filter((p) => ground[p.label] > 0);
    const of = (part) => page.time_by_place(state, places, part);
    const days = page.days_of_data(state);
    const group = {
      name, areas: places.map((p) => p.name), days, asked: page.days_asked(state).length,
      hours: page.seconds_of(state, places).map((s) => s / 3600), km2: places.map((p) => ground[p.label]),
      variance: of('variance').map((v) => v / 3600 ** 2), systematic: of('systematic').map((s) => s / 3600),
    };
    group.share = group.asked ? days / group.asked : 0;
    group.all_hours = sum_of(group.hours);
    group.all_km2 = sum_of(group.km2);
    group.rate = group.all_km2 > 0 ? group.all_hours / group.all_km2 : NaN;
    group.shared_error = group.all_hours > 0 ? sum_of(group.systematic) / group.all_hours : 0;
    const sd = Math.sqrt(sum_of(group.variance) + sum_of(group.systematic) ** 2);
    group.likely = page.likely_range(group.all_hours, sd).map((end) => end / group.all_km2);
    return group;
  }

  /**
   * The verdict on the areas of a filter, of officer hours per km².
   * @returns {{word: string, sentence: string, beside: string, ratio: ?object}}
   */
  function verdict_of(state) {
    const here = page.chosen_place(state);
    const every = page.ids_of_role('comparison');
    const others = every.filter((a) => !state.areas.includes(a));
    const among = every.filter((a) => state.areas.includes(a)).map((a) => page.data().names[a]);
    const name = !state.areas.length ? phrase("Impact Areas") : here.label.startsWith('(') ? capitalised(here.name) : here.name;
    const chosen = group_of(state, here.areas, name);
    const comparison = group_of(state, others, phrase("Comparison areas"));
    const few = state.modes.length > 0 && page.whys_untold(state, [here])[0];
    const why = few ? phrase("Fewer than five officers: not shown.") : refusal(chosen, comparison, among);
    if (why) return { word: phrase("not compared"), sentence: why, beside: '', ratio: null };
    const least = Math.min(chosen.share, comparison.share);
    const prefix = least < WELL_OBSERVED ? say("Only {share} observed: ", { share: share(100 * least) }) : '';
    const found = chosen.areas.length >= LEAST_AREAS ? of_many(chosen, comparison) : of_few(chosen, comparison);
    return { ...found, sentence: prefix + found.sentence, beside: beside(chosen, comparison, events_of(state, others)) };
  }

  function events_of(state, others) {
    const where = [page.chosen_place(state), page.comparison_place(state)];
    if (!others.length || !where[1].rows.length) return {};
    const found = page.measured(state, where, { keys: ['crimes', 'incidents'] });
    const known = { crimes: 'crime', incidents: 'incident' };
    return Object.fromEntries(Object.entries(known).map(([key, kind]) => [kind, found.columns[key].value])
      .filter(([, values]) => values.every(Number.isFinite)));
  }

  function refusal(chosen, comparison, among) {
    if (!chosen.asked && !chosen.days) return `${capitalised(page.NO_DAY)}.`;
    for (const group of [chosen, comparison]) {
      if (group.asked && group.days / group.asked < LEAST_OBSERVED) {
        return say("Cannot compare: data on {n} of {days}.", { n: group.days, days: count_of(group.asked, 'days') });
      }
    }
    const figure = own_figure(chosen);
    if (among.length) {
      const be = among.length === 1 ? phrase("is a comparison area itself") : phrase("are comparison areas themselves");
      return say("{figure} Nothing to compare with: {areas} {be}.", { figure, areas: among.join(', '), be });
    }
    if (comparison.areas.length < LEAST_AREAS) {
      return say("{figure} Nothing to compare with: {areas}; {least} are the least.",
        { figure, areas: count_of(comparison.areas.length, 'comparison areas'), least: LEAST_AREAS });
    }
    const few = [chosen, comparison].find((group) => group.all_hours < LEAST_HOURS);
    return few ? say("{figure} Nothing to compare with: under {hours} in {areas}.",
      { figure, hours: amount(LEAST_HOURS, 'h'), areas: small(few.name) }) : '';
  }

  function own_figure(chosen) {
    if (!chosen.areas.length || !(chosen.all_km2 > 0)) return phrase("No area is chosen.");
    const [low, high] = chosen.likely;
    const values = { areas: chosen.name, figure: amount(chosen.rate, UNIT), ends: range_of(chosen.rate, low, high, UNIT) };
    return high > low ? say("{areas}: {figure}, likely {ends}.", values) : say("{areas}: {figure}.", values);
  }

  function small(name) {
    return name.startsWith('Comparison') ? lowered(name) : name;
  }

  function of_many(chosen, comparison) {
    const impact = [...chosen.hours.map(() => true), ...comparison.hours.map(() => false)];
    const found = pooled_ratio([...chosen.hours, ...comparison.hours], [...chosen.km2, ...comparison.km2], impact,
      [chosen.shared_error, comparison.shared_error]);
    const word = word_of(found.low, found.high);
    const values = { chosen: chosen.name, comparison: small(comparison.name), word, times: ratio(found.estimate), low: ratio(found.low), high: ratio(found.high) };
    let told;
    if (word === CANNOT_TELL) {
      values.ends = say("{low} to {high} times", values);
      told = say("Cannot tell whether {chosen} had more or fewer officer hours per km² than {comparison}: {ends}.", values);
    } else if (word === ABOUT) {
      told = say("{chosen} had about as many officer hours per km² as {comparison}: {times} times, likely {low}–{high}.", values);
    } else {
      told = say("{chosen} had {word} officer hours per km² than {comparison}: {times} times, likely {low}–{high}.", values);
    }
    const turning = turning_area(found, word, [...chosen.areas, ...comparison.areas]);
    if (turning) told += say(" Without {area} it would read \"{word}\".", { area: turning[0], word: turning[1] });
    return { word, sentence: told, ratio: found };
  }

  /** The area that, left out, changes the word most, were the interval as wide; null where none does. */
  function turning_area(found, word, names) {
    if (!Number.isFinite(found.low) || found.low <= 0) return null;
    const [down, up] = [found.low / found.estimate, found.high / found.estimate];
    const words = found.without.map((e) => word_of(e * down, e * up));
    let [far, most] = [-1, -1];
    words.forEach((w, i) => {
      const moved = Math.abs(Math.log(found.without[i] / found.estimate));
      if (w !== word && moved > most) [far, most] = [i, moved];
    });
    return far < 0 ? null : [names[far], words[far]];
  }

  /** Where the pooled rate of one to four areas lies among the comparison areas. */
  function of_few(chosen, comparison) {
    const rates = comparison.hours.map((h, i) => h / comparison.km2[i]);
    const [lower, upper] = [page.quantile(rates, 0.25), page.quantile(rates, 0.75)];
    const [low, high] = chosen.likely;
    const values = { figure: own_figure(chosen).replace(/\.$/, ''), all: rates.length, ends: range_of(chosen.rate, lower, upper, UNIT), unit: UNIT };
    if (low > upper) {
      const n = rates.filter((r) => r < chosen.rate).length;
      return { word: 'more', sentence: say("{figure}: more than most comparison areas ({n} of {all}).", { ...values, n }), ratio: null };
    }
    if (high < lower) {
      const n = rates.filter((r) => r > chosen.rate).length;
      return { word: 'fewer', sentence: say("{figure}: fewer than most comparison areas ({n} of {all}).", { ...values, n }), ratio: null };
    }
    if (lower <= low && high <= upper) {
      return { word: 'within', sentence: say("{figure}: within the middle half of the comparison areas ({ends} {unit}).", values), ratio: null };
    }
    return { word: CANNOT_TELL, sentence: say("{figure}: near the edge of the comparison areas' middle half ({ends} {unit}): cannot tell.", values), ratio: null };
  }

  function beside(chosen, comparison, events) {
    const [own, other] = [chosen, comparison].map((g) => page.median(g.hours.map((h, i) => h / g.km2[i])));
    const first = chosen.areas.length === 1 ? say("Comparison areas one by one: median {figure}.", { figure: amount(other, UNIT) })
      : say("Areas one by one: median {figure}, comparison areas {other}.", { figure: amount(own, UNIT), other: amount(other, UNIT) });
    return [first, ...per_event(chosen, comparison, events), phrase("A description, not an effect.")].join(' ');
  }

  /** Officer hours per recorded crime and incident, here and in the comparison areas, pooled both. */
  function per_event(chosen, comparison, events) {
    const parts = Object.entries(events).filter(([, [here, there]]) => here > 0 && there > 0).map(([kind, [here, there]]) => {
      const unit = `h per ${kind}`;
      const other = amount(comparison.all_hours / there, unit);
      return say("{figure}, comparison {other}", { figure: amount(chosen.all_hours / here, unit), other: other.slice(0, -unit.length).trim() });
    });
    return parts.length ? [say("Together: {figures}.", { figures: parts.join('; ') })] : [];
  }

  Object.assign(page, { LEAST_AREAS, t95, pooled_ratio, word_of, verdict_of });
})((window.page = window.page || {}));
