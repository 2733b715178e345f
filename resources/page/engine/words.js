'use strict';
/* How numbers, ranges and sentences are written: ia_plugin/core/words.py, nouns.py and answers/figure_words.py, to the letter. */
(function (page) {
  const DASH = '–';
  const MINUS = '−';
  const TINY = 1e-6;
  const ONE = {
    areas: 'area', days: 'day', records: 'record', searches: 'search', crimes: 'crime', incidents: 'incident', officers: 'officer',
    'comparison areas': 'comparison area', 'stops and searches': 'stop and search', hours: 'hour', weeks: 'week', visits: 'visit',
  };
  const MODES = ['foot', 'vehicle', 'stationary', 'unknown', 'bicycle'];

  /**
   * A sentence with values put in: the template is the core's, letter by letter (a house test holds it to that).
   * @param {string} template with {names}
   * @param {Object<string, *>} values
   */
  function say(template, values) {
    return template.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  }

  /** A text of the core without values. */
  function phrase(text) {
    return text;
  }

  /** What is not known stands first: it is the caveat of all the others. */
  const MODE_WORDS = {
    unknown: phrase("cannot tell"), foot: phrase("on foot"), vehicle: phrase("in a vehicle"), bicycle: phrase("on a bicycle"),
    stationary: phrase("stopped"),
  };

  /** Whether there is a number. */
  function known(value) {
    return typeof value === 'number' && Number.isFinite(value);
  }

  /**
   * A number of 0 or more with so many decimals, of two equally near the even one, as Python writes it.
   * @param {number} value
   * @param {number} decimals 0 to 3
   */
  function fixed(value, decimals) {
    const doubled = value * 2 ** (decimals + 1);
    if (Number.isInteger(doubled) && doubled % 2 !== 0) { // exactly between two: toFixed would take the larger
      const scale = 10 ** decimals;
      const lower = Math.floor(value * scale);
      return ((lower % 2 === 0 ? lower : lower + 1) / scale).toFixed(decimals);
    }
    return value.toFixed(decimals);
  }

  function grouped(value, decimals) {
    const [whole, rest] = fixed(value, decimals).split('.');
    const thousands = whole.replace(/\B(?=(\d{3})+$)/g, ',');
    return rest === undefined ? thousands : `${thousands}.${rest}`;
  }

  /** A whole number near a value, of two equally near the even one. */
  function whole(value) {
    const size = Number(fixed(Math.abs(value), 0));
    return value < 0 ? -size : size;
  }

  function decimals_of(size, unit) {
    const fine = unit.includes('%') || unit.includes('/') || unit.includes('per ');
    return Number(fixed(size, 1)) < (fine ? 100 : 10) ? 1 : 0;
  }

  /** A number without its unit; a dash for what is not known. */
  function number(value, unit = '') {
    if (!known(value)) return DASH;
    const size = Math.abs(value);
    if (size < TINY) return '0';
    const sign = value < 0 ? MINUS : '';
    if (Math.abs(size - whole(size)) < TINY) return sign + grouped(size, 0);
    const text = grouped(size, decimals_of(size, unit));
    return text === '0.0' ? say("under {n}", { n: `${sign}0.1` }) : sign + text;
  }

  /** A number with its unit. */
  function amount(value, unit = '') {
    const text = number(value, unit);
    if (text === DASH || !unit) return text;
    return unit === '%' ? `${text} %` : say("{number} {unit}", { number: text, unit });
  }

  function share(percent) {
    return amount(percent, '%');
  }
  /** A number of things, given in the plural. */
  function count_of(value, many) {
    const text = number(value);
    return say("{number} {things}", { number: text, things: text === '1' ? ONE[many] || many : many });
  }

  function signed(value, decimals) {
    const text = grouped(Math.abs(value), decimals);
    return value < 0 && Number(text.replaceAll(',', '')) ? MINUS + text : text;
  }

  /** The likely range of a value, without its unit; a dash where there is none. */
  function range_of(value, low, high, unit = '') {
    if (!(known(value) && known(low) && known(high))) return DASH;
    if (Math.max(Math.abs(value), Math.abs(low), Math.abs(high)) < TINY) return DASH;
    const decimals = decimals_of(Math.abs(value), unit);
    const begin = signed(low, decimals);
    const end = signed(high, decimals);
    return (begin + end).includes(MINUS) ? say("{begin} to {end}", { begin, end }) : `${begin}–${end}`;
  }

  /** Whether both ends of a range are the same number as it is written. */
  function is_one(ends) {
    const [begin, end] = ends.split('–');
    return begin === end;
  }

  function with_range(value, low, high, unit = '') {
    const ends = range_of(value, low, high, unit);
    const text = amount(value, unit);
    return ends === DASH || is_one(ends) ? text : `${text} (${ends})`;
  }

  function with_likely(value, low, high, unit = '') {
    const ends = range_of(value, low, high, unit);
    const text = amount(value, unit);
    return ends === DASH || is_one(ends) ? text : say("{amount}, likely {ends}", { amount: text, ends });
  }

  /** The share of time by a mode, per cent, with its likely range: whole, with a range or without. */
  function mode_share(percent, low, high, in_table = false) {
    const some = known(percent) && Math.abs(percent) >= TINY;
    const text = !some ? share(percent) : whole(percent) ? `${fixed(percent, 0)} %` : phrase("under 1 %");
    if (!(known(percent) && known(low) && known(high)) || high < TINY) return text;
    const ends = `${fixed(low, 0)}–${fixed(high, 0)}`;
    return in_table ? `${text} (${ends})` : say("{amount}, likely {ends}", { amount: text, ends });
  }

  /** How many times as much: two decimals. */
  function ratio(value) {
    if (!known(value)) return DASH;
    const size = Math.abs(value);
    if (size >= 9.995) return number(value);
    const sign = value < 0 && size >= TINY ? MINUS : '';
    return size >= TINY && size < 0.005 ? say("under {n}", { n: `${sign}0.01` }) : sign + fixed(size, 2);
  }

  function capitalised(text) {
    return text.slice(0, 1).toUpperCase() + text.slice(1);
  }

  function lowered(text) {
    return text.slice(0, 1).toLowerCase() + text.slice(1);
  }

  /** Words one after the other, the last after "and". */
  function in_a_row(words) {
    return words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}` : words.join('');
  }

  /** Words one after the other; from the fourth on they are counted. */
  function listed(words, most = 3) {
    if (words.length <= most + 1) return words.join(' + ');
    return say("{words} + {n} more", { words: words.slice(0, most).join(' + '), n: words.length - most });
  }

  const WHOLE_SHARES = new Set([...Object.keys(MODE_WORDS), 'found']); // figures whose shares are whole

  /** A figure with its likely range, by its key. */
  function stated(key, unit, value, low, high, sentence = false) {
    if (WHOLE_SHARES.has(key)) return mode_share(value, low, high, !sentence);
    return (sentence ? with_likely : with_range)(value, low, high, unit);
  }

  /** A figure without its unit. */
  function bare(key, value, unit) {
    return WHOLE_SHARES.has(key) && known(value) ? mode_share(value).replace(/ %$/, '') : number(value, unit);
  }

  Object.assign(page, {
    DASH, TINY, MODES, MODE_WORDS, say, phrase, known, fixed, whole, number, amount, share, count_of, range_of,
    with_range, with_likely, mode_share, ratio, capitalised, lowered, in_a_row, listed, stated, bare,
  });
})((window.page = window.page || {}));
