'use strict';
/* Civil days as whole numbers since 1 Jan 1970, their words, and the hours that go by where clocks change. */
(function (page) {
  const { phrase, say } = page;
  const DAYS = [phrase("Mon"), phrase("Tue"), phrase("Wed"), phrase("Thu"), phrase("Fri"), phrase("Sat"), phrase("Sun")];
  const MONTHS = [phrase("Jan"), phrase("Feb"), phrase("Mar"), phrase("Apr"), phrase("May"), phrase("Jun"), phrase("Jul"),
    phrase("Aug"), phrase("Sep"), phrase("Oct"), phrase("Nov"), phrase("Dec")];
  const MONTHS_IN_FULL = [phrase("January"), phrase("February"), phrase("March"), phrase("April"), phrase("May"), phrase("June"),
    phrase("July"), phrase("August"), phrase("September"), phrase("October"), phrase("November"), phrase("December")];
  const DAY_MS = 86400000;

  /** The day of "2024-05-03"; null for none. */
  function day_of(iso) {
    return iso ? Math.round(Date.parse(`${iso.slice(0, 10)}T00:00:00Z`) / DAY_MS) : null;
  }

  function iso_of(day) {
    return day === null ? null : new Date(day * DAY_MS).toISOString().slice(0, 10);
  }

  /** Monday is 0; 1 Jan 1970 was a Thursday. */
  function weekday_of(day) {
    return (((day + 3) % 7) + 7) % 7;
  }

  /** @returns {{year: number, month: number, day: number}} month 0 to 11 */
  function parts_of(day) {
    const at = new Date(day * DAY_MS);
    return { year: at.getUTCFullYear(), month: at.getUTCMonth(), day: at.getUTCDate() };
  }

  function first_of_month(day, months = 0) {
    const { year, month } = parts_of(day);
    return Date.UTC(year, month + months, 1) / DAY_MS;
  }

  function day_in_words(day) {
    if (day === null) return '';
    const at = parts_of(day);
    return say("{day} {month} {year}", { day: at.day, month: MONTHS[at.month], year: at.year });
  }

  function month_in_words(day) {
    const at = parts_of(day);
    return say("{month} {year}", { month: MONTHS_IN_FULL[at.month], year: at.year });
  }

  /** "3–30 May 2024", "28 May – 3 Jun 2024". */
  function period_in_words(first, last) {
    if (first === last) return day_in_words(first);
    const [a, b] = [parts_of(first), parts_of(last)];
    if (a.year === b.year && a.month === b.month) return `${a.day}–${day_in_words(last)}`;
    const head = a.year === b.year ? say("{day} {month}", { day: a.day, month: MONTHS[a.month] }) : day_in_words(first);
    return `${head} – ${day_in_words(last)}`;
  }

  /** "Fri–Sat", "Mon, Wed", "Fri–Mon"; a run may go round the end of the week. */
  function weekdays_in_words(days) {
    const chosen = [...new Set(days)].sort((a, b) => a - b);
    if (chosen.length === 7) return phrase("every day");
    const runs = chosen.filter((d) => !chosen.includes((d + 6) % 7)).map((start) => {
      let end = start;
      while (chosen.includes((end + 1) % 7)) end = (end + 1) % 7;
      return start === end ? DAYS[start] : `${DAYS[start]}–${DAYS[end]}`;
    });
    return runs.join(', ');
  }

  /**
   * Hours that have gone by since day 0 of the data, at an hour of a civil day; hour 24 and later is the next day's. Of the hour
   * that October repeats the first; one that March leaves out is the one after it.
   */
  function clock(day, hour) {
    const { base, odd_days } = page.data();
    const own = day - base + Math.floor(hour / 24);
    let found = 24 * own;
    for (const [odd, hours] of odd_days) if (odd < own) found += hours.length - 24;
    const today = odd_days.find(([odd]) => odd === own);
    return found + (today ? today[1].filter((h) => h < hour % 24).length : hour % 24);
  }

  Object.assign(page, {
    day_of, iso_of, weekday_of, parts_of, first_of_month, day_in_words, month_in_words, period_in_words,
    weekdays_in_words, clock,
  });
})((window.page = window.page || {}));
