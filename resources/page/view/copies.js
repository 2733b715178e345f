'use strict';
/* What a reader takes along: a figure's code, the answer in words, a link, a flag. Nothing leaves but by the clipboard. */
(function (page, view) {
  const { el, by, fill, button } = view;

  /** The text to the clipboard; where the browser does not let it, a box to copy it from. */
  async function copy(text, what) {
    try {
      await navigator.clipboard.writeText(text);
      fill(by('copy-place'), el('p.copied', { role: 'status' }, `${what} is on the clipboard.`));
    } catch (error) {
      by_hand(text, what);
    }
  }

  function by_hand(text, what) {
    const box = el('textarea', { readonly: true, rows: 6, 'aria-label': what, props: { value: text } });
    fill(by('copy-place'), el('p', { role: 'status' }, `The browser does not let a page copy: ${what.toLowerCase()} stands here to be copied by hand.`), box);
    box.focus();
    box.select();
  }

  function beside(found) {
    const { facts } = page;
    return [`Figure ${found.number}`, facts.as_of_words ? `data as of ${facts.as_of_words}` : '', facts.marking, facts.reader, facts.beta].filter(Boolean).join(' · ');
  }

  function code_line(found) {
    const code = page.figure_code(view.now.state, view.now.comparison);
    return code ? `Code: ${code}` : '';
  }

  /** Verdict and tiles as one reads them aloud. */
  function answer(found) {
    const first = found.refusal ? found.refusal.why : found.verdict ? `${found.verdict.sentence} ${found.verdict.beside || ''}` : '';
    const tiles = found.tiles.map((t) => t.sentence || `${t.title}: ${t.why ? `not known, ${t.why}` : [t.value, t.beside, ...t.lines].filter(Boolean).join('. ')}.`);
    return [first.trim(), ...tiles, page.in_words(view.now.state), beside(found), code_line(found)].filter(Boolean).join('\n');
  }

  function flag_form(found) {
    const text = el('textarea', { id: 'flag-text', rows: 3, maxlength: 1000, 'aria-describedby': 'flag-help' });
    const made = () => {
      const words = text.value.trim();
      by('flag-why').textContent = words ? '' : 'Write in a sentence what is doubted.';
      if (!words) {
        text.focus();
        return;
      }
      copy([`Flag on figure ${found.number}: ${words}`, page.in_words(view.now.state), beside(found), code_line(found)].filter(Boolean).join('\n'), 'The flag');
    };
    fill(by('copy-place'), el('div.flag', { role: 'group', 'aria-label': 'Flag on this figure' },
      el('label', { for: 'flag-text' }, `What do you doubt about figure ${found.number}?`), text,
      el('p.pale', { id: 'flag-help' }, 'Name no person. Paste the flag into a message to the analysts: they put it on record in the dashboard, and the answer stands there.'),
      el('p.why', { id: 'flag-why', role: 'alert' }), button('flag-copy', 'Copy the flag', made)));
    text.focus();
  }

  function draw_foot(now, found) {
    const { facts } = page;
    fill(by('foot-line'), el('b', {}, `Figure ${found.number}`), ` · ${facts.marking}, ${facts.reader} · ${page.in_words(now.state)}`, facts.as_of_words ? ` · data as of ${facts.as_of_words}` : '', facts.beta ? ` · ${facts.beta}` : '');
    fill(by('copy-place'));
    fill(by('actions'), button('copy-answer', 'Copy the answer', () => copy(answer(found), 'The answer')),
      button('copy-code', 'Copy the code', () => copy(`Figure ${found.number}\n${code_line(found).replace('Code: ', '')}`, 'The code')),
      button('copy-link', 'Copy a link', () => copy(window.location.href.split('#')[0] + view.hash_of(view.now, true), 'The link')),
      button('flag', 'Copy a flag…', () => flag_form(found)), button('print', 'Print', () => window.print()));
  }

  Object.assign(view, { draw_foot });
})((window.page = window.page || {}), (window.view = window.view || {}));
