'use strict';
/* Likely ranges of time and of its shares by mode, and of how few officers these are not told: presence/likely.py, movement/likely_shares.py, material/mode_ranges.py. */
(function (page) {
  const Z90 = 1.6448536;
  const LEAST = 5;
  const FEW_OFFICERS = page.phrase("fewer than five officers");
  const SOME_OF_FEW = page.phrase("fewer than five officers in one of these areas");
  const SCATTER = 2.0;
  const ROUNDED = 0.01; // officers: what whole seconds of some places may be off in an hour is none
  const Z90_EXACT = 1.6448536269514715; // of Wilson's interval of a counted share

  /** The 90 % interval of an estimate; never below nothing. */
  function likely_range(value, sd) {
    return [Math.max(0, value - Z90 * sd), value + Z90 * sd];
  }

  /** Ends of the interval of a counted share, 0 to 1 (Wilson 1927). */
  function share_interval(part, whole) {
    if (!(whole > 0)) return [NaN, NaN];
    const z2 = Z90_EXACT ** 2;
    const share = part / whole;
    const middle = share + z2 / (2 * whole);
    const half = Math.sqrt((z2 * (share * (1 - share) + z2 / (4 * whole))) / whole);
    return [Math.max(0, (middle - half) / (1 + z2 / whole)), Math.min(1, (middle + half) / (1 + z2 / whole))];
  }

  function of_mode(part, mode) {
    return mode in part ? part[mode] : Math.max(...Object.values(part));
  }

  function clipped(value, low, high) {
    return Math.min(Math.max(value, low), high);
  }

  /**
   * The 90 % range of the share that one mode truly has of all observed time.
   * @param {number} share 0 to 1; @param {number} told share of the time whose mode is told; @param {number} hours observed
   * @param {number} officers at the least
   */
  function share_range(share, told, hours, officers, mode) {
    const { spread } = page.data();
    if (!(hours > 0 && told > 0)) return [NaN, NaN];
    const alike = Math.min(SCATTER / Math.max(officers, 1), 1);
    const middle = clipped(share + of_mode(spread.untold, mode) * (1 - told), 0, 1);
    const apart = of_mode(spread.transfer, mode) ** 2 + of_mode(spread.officer, mode) ** 2 * alike + of_mode(spread.own_hours, mode) / hours;
    const half = Z90 * Math.sqrt((middle * (1 - middle) + of_mode(spread.flat, mode) ** 2) * apart);
    return [Math.max(Math.min(middle - half, share), 0), Math.max(Math.min(middle + half, 1), share)];
  }

  /**
   * Share of time by mode and its likely range, per cent, of one place.
   * @param {object} sums seconds by mode and of `all`
   * @returns {Object<string, number[]>} by mode [value, low, high]; what cannot be told is counted and has no range
   */
  function mode_shares(sums, officers) {
    const per = sums.all > 0 ? 100 / sums.all : NaN;
    const found = { unknown: [sums.unknown * per, NaN, NaN] };
    const told = 1 - (sums.unknown * per) / 100;
    for (const mode of ['foot', 'vehicle', 'stationary', 'bicycle']) {
      const share = (sums[mode] * per) / 100;
      const [low, high] = share_range(share, told, sums.all / 3600, officers, mode);
      found[mode] = [100 * share, 100 * low, 100 * high];
    }
    return found;
  }

  /** The likely range of the hours of some modes: what the gaps between fixes leave open, and beside it what the modes do. */
  function hours_of_modes([value, low, high], sums, officers, modes) {
    const by_mode = mode_shares(sums, officers);
    const whole = sums.all / 3600;
    let ends = [0, 0];
    for (const mode of modes) {
      const own = by_mode[mode];
      ends = ends.map((sum, k) => sum + (Number.isFinite(own[k + 1]) ? own[k + 1] : own[0]));
    }
    let [least, most] = ends.map((end) => (clipped(end, 0, 100) * whole) / 100);
    const some = value < whole * (1 - 1e-9);
    const blind = some && sums.unknown >= sums.all * (1 - 1e-9) && modes.some((m) => m !== 'unknown');
    least = some ? Math.min(least, value) : value;
    most = some ? Math.max(most, value) : value;
    const down = blind ? NaN : Math.hypot(value - low, value - least);
    const up = blind ? NaN : Math.hypot(high - value, most - value);
    return [value, Math.max(value - down, 0), value + up];
  }

  /**
   * How many officers at the least stand behind the time of each place: the most of any one hour, as nobody spends more than an hour
   * in one; of areas the count of the table of cover; five where a day had five or more. Of a day told as a total the most of any
   * hour of one row is known, not of several together.
   */
  function officers_at_least(state, places) {
    const of = (place) => Math.max(of_hours(state, place), behind(state, place), in_cover(state, place));
    return places.map((place) => page.once(state.when, `officers ${state.modes.length > 0} ${place.rows} ${place.areas}`, () => of(place)));
  }

  function of_hours(state, place) {
    const { arrays, moment_day, moment_hour } = page.data();
    const rows = page.rows_at(place.rows);
    const most = page.row_most(state, 'time_seconds', 'most_by_time');
    let found = Math.max(0, ...rows.map((row) => most.of_totals[row]));
    if (rows.length === 1) return Math.max(found, Math.ceil(most.of_hours[rows[0]] / 3600 - ROUNDED));
    for (const i of page.kept(state)) {
      if (moment_hour[i] === page.WHOLE_DAY) continue;
      let spent = 0;
      for (const row of rows) spent += arrays.time_seconds[row * moment_day.length + i];
      found = Math.max(found, Math.ceil(spent / 3600 - ROUNDED));
    }
    return found;
  }

  function behind(state, place) {
    const { arrays, base, day_count } = page.data();
    for (const row of page.rows_at([...place.rows, ...place.areas])) {
      for (let day = Math.max(state.first - base, 0); day <= Math.min(state.last - base, day_count - 1); day += 1) {
        if (arrays.enough[row * day_count + day] === 2 && state.on_weekday[page.weekday_of(base + day)]) return LEAST;
      }
    }
    return 0;
  }

  function in_cover(state, place) {
    if (state.modes.length || !page.data().has_cover) return 0;
    const most = page.row_most(state, 'cover_officers', 'most_seen');
    return Math.max(0, ...page.rows_at(place.areas).map((row) => Math.max(most.of_hours[row], most.of_totals[row])));
  }

  /**
   * Why it is not told how officers moved at each of some places; blank where it is. Fewer than five are known to have been there, or
   * the counts of all hours that the filter keeps come to fewer than five; of areas chosen together each is looked at.
   */
  function whys_untold(state, places) {
    const every = state.modes.length ? page.changed_state(state, { modes: [] }) : state;
    const of_few = (place) => page.seconds_of(every, [place])[0] > 0
      && (officers_at_most(every, place) < LEAST || officers_at_least(every, [place])[0] < LEAST);
    const area_of_few = (area) => of_few({ label: area, rows: [area], areas: [area], with_sites: false });
    return places.map((place) => {
      const together = place.areas.length > 1 && place.rows.length === place.areas.length && place.rows.every((row, i) => row === place.areas[i]);
      if (together && place.areas.some(area_of_few)) return SOME_OF_FEW;
      return place.role !== 'all' && of_few(place) ? FEW_OFFICERS : '';
    });
  }

  /** The counts of all hours of a place's areas, added: no more officers than that were there. */
  function officers_at_most(state, place) {
    if (!place.areas.length || !page.data().any_cover) return Infinity;
    return page.added(page.row_sums(state, 'cover_officers'), place.areas);
  }

  Object.assign(page, { whys_untold, Z90, LEAST, likely_range, share_interval, share_range, mode_shares, hours_of_modes, officers_at_least });
})((window.page = window.page || {}));
