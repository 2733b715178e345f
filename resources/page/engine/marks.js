'use strict';
/* SHA-256 of a text, which figure numbers and the checksum of a figure's code are made of (FIPS 180-4), and base 32 (RFC 4648). */
(function (page) {
  /** The first 32 bits of the fractional parts of roots of the first primes, as the standard has them. */
  function roots(count, power) {
    const found = [];
    for (let n = 2; found.length < count; n += 1) {
      let prime = true;
      for (let d = 2; d * d <= n; d += 1) if (n % d === 0) prime = false;
      if (prime) found.push(((n ** power) % 1) * 2 ** 32 | 0);
    }
    return found;
  }

  const START = roots(8, 1 / 2);
  const ROUNDS = roots(64, 1 / 3);

  function turned(x, n) {
    return (x >>> n) | (x << (32 - n));
  }

  function schedule(view, at) {
    const w = new Int32Array(64);
    for (let i = 0; i < 16; i += 1) w[i] = view.getInt32(at + 4 * i);
    for (let i = 16; i < 64; i += 1) {
      const [a, b] = [w[i - 15], w[i - 2]];
      w[i] = w[i - 16] + (turned(a, 7) ^ turned(a, 18) ^ (a >>> 3)) + w[i - 7] + (turned(b, 17) ^ turned(b, 19) ^ (b >>> 10));
    }
    return w;
  }

  function block(state, w) {
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 64; i += 1) {
      const one = (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + ROUNDS[i] + w[i]) | 0;
      const two = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
    }
    return state.map((v, i) => (v + [a, b, c, d, e, f, g, h][i]) | 0);
  }

  /** SHA-256 of a text in UTF-8, as small hexadecimal letters. */
  function sha256(text) {
    const bytes = new TextEncoder().encode(text);
    const padded = new Uint8Array(((bytes.length + 8) >> 6 << 6) + 64);
    padded.set(bytes);
    padded[bytes.length] = 0x80;
    const view = new DataView(padded.buffer);
    view.setUint32(padded.length - 4, bytes.length * 8);
    let state = START;
    for (let at = 0; at < padded.length; at += 64) state = block(state, schedule(view, at));
    return state.map((v) => (v >>> 0).toString(16).padStart(8, '0')).join('');
  }

  /** A text as JSON of letters below 128 only, as Python writes it. */
  function ascii_json(text) {
    return JSON.stringify(text).replace(/[\u007f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
  }

  /** JSON as Python's json.dumps(…, sort_keys=True) writes it, with its separators. */
  function python_json(value, comma = ', ', colon = ': ') {
    if (Array.isArray(value)) return `[${value.map((v) => python_json(v, comma, colon)).join(comma)}]`;
    if (value !== null && typeof value === 'object') {
      const parts = Object.keys(value).sort().map((k) => ascii_json(k) + colon + python_json(value[k], comma, colon));
      return `{${parts.join(comma)}}`;
    }
    return typeof value === 'string' ? ascii_json(value) : String(value);
  }

  function base32(bytes) {
    let [bits, held, text] = [0, 0, ''];
    for (const byte of bytes) {
      held = ((held << 8) | byte) & 0xfff;
      for (bits += 8; bits >= 5; bits -= 5) text += 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[(held >> (bits - 5)) & 31];
    }
    return bits ? text + 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[(held << (5 - bits)) & 31] : text;
  }

  Object.assign(page, { sha256, python_json, base32 });
})((window.page = window.page || {}));
