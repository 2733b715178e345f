'use strict';
/* Says in words, at opening, where the folder was refreshed longer ago than it should have been. */
(function () {
  const MS_OF_HOUR = 3600000;
  const note = document.getElementById('stale');
  const hours = (Date.now() - Date.parse(note.dataset.refreshed)) / MS_OF_HOUR;
  if (!(hours > Number(note.dataset.hours))) return;
  note.textContent = note.dataset.words.replace('{n}', String(Math.floor(hours)));
  note.hidden = false;
}());
