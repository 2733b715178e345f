'use strict';
/* Which moments a filter keeps, and sums over them by row and by place. A moment is an hour of officers' time, or one of the last days whole. */
(function (page) {
  const WHOLE_DAY = 255;
  const KEPT_FILTERS = 80; // whose sums are remembered
  let remembered = new Map();

  /** What was worked out of a filter's moments before; `make` where it was not. */
  function once(when, name, make) {
    if (!remembered.has(when)) {
      if (remembered.size >= KEPT_FILTERS) remembered = new Map([...remembered].slice(-KEPT_FILTERS / 2));
      remembered.set(when, new Map());
    }
    const own = remembered.get(when);
    if (!own.has(name)) own.set(name, make());
    return own.get(name);
  }

  function forget() {
    remembered = new Map();
  }

  /** A sum as numpy adds up: in eight strands from eight on (pairwise, Higham 1993), so that its last digit is the same. */
  function sum_of(values, begin = 0, end = values.length) {
    const n = end - begin;
    let i = begin;
    if (n < 8) {
      let sum = 0;
      for (; i < end; i += 1) sum += values[i];
      return sum;
    }
    if (n > 128) {
      const half = begin + (n >> 1) - ((n >> 1) % 8);
      return sum_of(values, begin, half) + sum_of(values, half, end);
    }
    const r = Array.from(values.slice(begin, begin + 8));
    for (i += 8; i + 8 <= end; i += 8) for (let k = 0; k < 8; k += 1) r[k] += values[i + k];
    let sum = ((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7]));
    for (; i < end; i += 1) sum += values[i];
    return sum;
  }

  /**
   * What a filter keeps, as tables: an hour is in it where `hour[h]`, and belongs to day number `d - early[h]` (of the data), which
   * is in it where `day[d - early[h] + 1]`: after midnight, of hours that wrap it, the evening's. An hour of `WHOLE_DAY` is in no
   * frame of hours.
   */
  function frame_of(state) {
    return once(state.when, 'frame', () => {
      const { base, day_count } = page.data();
      const frame = { day: new Uint8Array(day_count + 2), hour: new Uint8Array(256), early: new Uint8Array(256) };
      for (let day = Math.max(state.first - base, -1); day <= Math.min(state.last - base, day_count); day += 1) {
        frame.day[day + 1] = state.on_weekday[page.weekday_of(base + day)];
      }
      for (let hour = 0; hour < 24; hour += 1) {
        frame.hour[hour] = state.in_hour[hour];
        frame.early[hour] = state.wraps && hour < state.hour_to;
      }
      frame.hour[WHOLE_DAY] = state.any_hour;
      return frame;
    });
  }

  /** Which of some places of two arrays, of days and of hours, a filter keeps. */
  function among_kept(state, days, hours, among) {
    const { day, hour, early } = frame_of(state);
    const found = new Int32Array(among.length);
    let n = 0;
    for (let k = 0; k < among.length; k += 1) {
      const i = among[k];
      const h = hours[i];
      if (hour[h] && day[days[i] - early[h] + 1]) {
        found[n] = i;
        n += 1;
      }
    }
    return found.subarray(0, n);
  }

  /** The places (in the arrays) of the moments of officers' time that a filter keeps, in time's order. */
  function kept(state) {
    return once(state.when, 'kept', () => {
      const { moments, moment_day, moment_hour } = page.data();
      return among_kept(state, moment_day, moment_hour, moments);
    });
  }

  /** The civil day that a moment of a filter belongs to: the evening's, of a night. */
  function day_kept(state, day, hour) {
    return state.wraps && hour < state.hour_to ? day - 1 : day;
  }

  /** The most of an array at any moment that a filter keeps, by row; of a day told as a total what `of_totals` has for it. */
  function row_most(state, name, of_totals) {
    return once(state.when, `most ${name}`, () => {
      const { arrays, rows, moment_day, moment_hour, totals } = page.data();
      const [found, at, width, values] = [new Float64Array(rows.length), kept(state), moment_day.length, arrays[name]];
      const hourly = at.filter((i) => moment_hour[i] !== WHOLE_DAY);
      for (let row = 0; row < values.length / Math.max(width, 1); row += 1) {
        const begin = row * width;
        let most = 0;
        for (let i = 0; i < hourly.length; i += 1) if (values[begin + hourly[i]] > most) most = values[begin + hourly[i]];
        found[row] = most;
      }
      const of_days = [...at.subarray(hourly.length)].map((i) => i - (width - totals));
      return { of_hours: found, of_totals: found.map((_, row) => Math.max(0, ...of_days.map((i) => arrays[of_totals][row * totals + i] || 0))) };
    });
  }

  /** An array's sums by row and civil day, made when first asked: a filter of whole days adds up days. */
  function day_sums(name) {
    const { by_day, arrays, moment_day, day_count } = page.data();
    if (!by_day.has(name)) {
      const [values, width] = [arrays[name], moment_day.length];
      const found = new Float64Array((values.length / width) * day_count);
      for (let row = 0; row < values.length / width; row += 1) {
        for (let i = 0; i < width; i += 1) found[row * day_count + moment_day[i]] += values[row * width + i];
      }
      by_day.set(name, found);
    }
    return by_day.get(name);
  }

  /** Sums of an array over the moments that a filter keeps, by row (Float64Array). */
  function row_sums(state, name) {
    return once(state.when, name, () => {
      const { arrays, rows, area_count, moment_day, day_count } = page.data();
      const found = new Float64Array(rows.length);
      if (!arrays[name] || !arrays[name].length) return found;
      const shift = name.startsWith('site_') ? area_count : 0; // rows of areas have no time at police sites
      const [values, width] = state.any_hour ? [day_sums(name), day_count] : [arrays[name], moment_day.length];
      const at = state.any_hour ? days_kept(state) : kept(state);
      for (let row = 0; row < values.length / width; row += 1) {
        const begin = row * width;
        let sum = 0;
        for (let i = 0; i < at.length; i += 1) sum += values[begin + at[i]];
        found[row + shift] = sum;
      }
      return found;
    });
  }

  /** The numbers of the days of the data that a filter keeps. */
  function days_kept(state) {
    return once(state.when, 'days kept', () => {
      const { day_count } = page.data();
      const { day } = frame_of(state);
      return Int32Array.from({ length: day_count }, (_, d) => d).filter((d) => day[d + 1]);
    });
  }

  /** Which rows of the arrays make up a place; those that the data lack are left out. */
  function rows_at(labels) {
    const { row_of } = page.data();
    return labels.map((label) => row_of.get(label)).filter((row) => row !== undefined);
  }

  function added(sums, labels) {
    return sum_of(rows_at(labels).map((row) => sums[row]));
  }

  /**
   * An amount of officers' time of places, seconds (or seconds squared): time at police sites counts in places that have it.
   * @param {string} part seconds, foot, vehicle, stationary, bicycle, unknown, variance or systematic
   */
  function time_by_place(state, places, part) {
    return places.map((place) => {
      const without = added(time_rows(state, part, false), place.rows);
      return place.with_sites ? without + added(time_rows(state, part, true), place.rows) : without;
    });
  }

  /** By row; what is not known is what no mode is told of. */
  function time_rows(state, part, at_sites) {
    const prefix = at_sites ? 'site_' : 'time_';
    if (part !== 'unknown') return row_sums(state, prefix + part);
    return once(state.when, prefix + part, () => {
      const told = ['foot', 'vehicle', 'stationary', 'bicycle'].map((m) => row_sums(state, prefix + m));
      return row_sums(state, `${prefix}seconds`).map((all, row) => all - told.reduce((s, of_mode) => s + of_mode[row], 0));
    });
  }

  /** Seconds of some modes, of all where none is named. */
  function seconds_of(state, places) {
    const parts = (state.modes.length ? state.modes : ['seconds']).map((mode) => time_by_place(state, places, mode));
    return places.map((_, i) => parts.reduce((sum, part) => sum + part[i], 0));
  }

  /** How many days a filter keeps any officers' time of. */
  function days_of_data(state) {
    return once(state.when, 'days', () => {
      const { base, moment_day, moment_hour } = page.data();
      return new Set(Array.from(kept(state), (i) => day_kept(state, base + moment_day[i], moment_hour[i]))).size;
    });
  }

  /** A part for each of a whole; NaN of nothing. */
  function ratio_of(part, whole) {
    return whole > 0 ? part / whole : NaN;
  }

  /** As numpy.quantile has it, linear between two values. */
  function quantile(values, share) {
    const sorted = Float64Array.from(values).sort();
    const at = share * (sorted.length - 1);
    const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
    const t = at - Math.floor(at);
    return t >= 0.5 ? high - (high - low) * (1 - t) : low + (high - low) * t;
  }

  function median(values) {
    const sorted = Float64Array.from(values).sort();
    const half = sorted.length >> 1;
    return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  Object.assign(page, {
    WHOLE_DAY, once, forget, sum_of, among_kept, day_kept, kept, row_most, row_sums, rows_at, added, time_by_place, time_rows, seconds_of, days_of_data,
    ratio_of, quantile, median,
  });
})((window.page = window.page || {}));
