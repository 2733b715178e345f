'use strict';
/* Says in words, at opening, what of the folder is older than it should be: its refresh, or its data. */
(function () {
  const MS_OF_HOUR = 3600000;
  for (const note of document.querySelectorAll('.stale')) {
    const hours = (Date.now() - Date.parse(note.dataset.since)) / MS_OF_HOUR;
    if (!(hours > Number(note.dataset.hours))) continue;
    note.textContent = note.dataset.words.replace('{n}', String(Math.floor(hours)));
    note.hidden = false;
  }
}());
