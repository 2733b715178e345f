'use strict';
/* Says in words, at opening, what of the folder is older than it should be: its refresh, or its data. */
(function () {
  const MS_OF_HOUR = 3600000;
  const HOURS_OF_DAY = 24;
  const MOST_HOURS = 96; // a longer time is easier to grasp in days
  for (const note of document.querySelectorAll('.stale')) {
    const hours = (Date.now() - Date.parse(note.dataset.since)) / MS_OF_HOUR;
    if (!(hours > Number(note.dataset.hours))) continue;
    const age = hours < MOST_HOURS ? `${Math.floor(hours)} hours` : `${Math.floor(hours / HOURS_OF_DAY)} days`;
    note.textContent = note.dataset.words.replace('{age}', age);
    note.hidden = false;
  }
}());
