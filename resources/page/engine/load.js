'use strict';
/**
 * Unpacks the page's data: base64, deflate, planes of bytes. The form is that of ia_plugin/core/inspector_page/packed.py.
 */
(function (page) {
  const HEADER = 4; // bytes of the header's length
  const FLOAT = 8; // bytes of a float64
  const KINDS = { u8: Uint8Array, u16: Uint16Array, u32: Uint32Array, f64: Float64Array };

  /** @param {string} text base64 @returns {Uint8Array} its bytes */
  function bytesOf(text) {
    if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text); // a browser of 2025 and later
    const binary = atob(text);
    const bytes = new Uint8Array(binary.length);
    for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
    return bytes;
  }

  /** @param {Uint8Array} bytes deflated (zlib) @returns {Promise<Uint8Array>} */
  async function inflated(bytes) {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }

  /** @returns {Float64Array} of eight planes of bytes */
  function floats(bytes, at, length) {
    const found = new Float64Array(length);
    const raw = new Uint8Array(found.buffer);
    for (let k = 0; k < FLOAT; k++) {
      const from = at + k * length;
      for (let i = 0; i < length; i++) raw[FLOAT * i + k] = bytes[from + i];
    }
    return found;
  }

  /** Whole numbers of one to six planes of bytes, the lowest first, into a typed array. */
  function wholes(bytes, at, length, planes, found) {
    const [b, c, d] = [at + length, at + 2 * length, at + 3 * length];
    if (planes === 1) found.set(bytes.subarray(at, b));
    else if (planes === 2) for (let i = 0; i < length; i++) found[i] = bytes[at + i] | (bytes[b + i] << 8);
    else if (planes === 3) for (let i = 0; i < length; i++) found[i] = bytes[at + i] | (bytes[b + i] << 8) | (bytes[c + i] << 16);
    else for (let i = 0; i < length; i++) found[i] = (bytes[at + i] | (bytes[b + i] << 8) | (bytes[c + i] << 16)) + bytes[d + i] * 2 ** 24;
    for (let k = 4; k < planes; k++) {
      const from = at + k * length;
      for (let i = 0; i < length; i++) found[i] += bytes[from + i] * 256 ** k;
    }
    return found;
  }

  /** One array of the header at a place of the bytes. @returns {Uint8Array|Uint16Array|Uint32Array|Float64Array} */
  function arrayAt(bytes, at, head, length) {
    if (!head.bytes) return floats(bytes, at, length);
    const found = wholes(bytes, at, length, head.bytes, new KINDS[head.type](length));
    if (head.gap) {
      const unknown = 256 ** head.bytes - 1;
      for (let i = 0; i < length; i++) if (found[i] === unknown) found[i] = NaN;
    }
    if (head.parts) for (let i = 0; i < length; i++) found[i] /= head.parts;
    return found;
  }

  /**
   * Facts and arrays of a packed text.
   * @param {string} text
   * @returns {Promise<{facts: object, arrays: Object<string, ArrayLike<number>>, shapes: Object<string, number[]>}>}
   */
  async function unpack(text) {
    const bytes = await inflated(bytesOf(text));
    const size = new DataView(bytes.buffer).getUint32(0, true);
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(HEADER, HEADER + size)));
    const arrays = {};
    const shapes = {};
    let at = HEADER + size;
    for (const head of header.arrays) {
      const length = head.shape.reduce((a, b) => a * b, 1);
      arrays[head.name] = arrayAt(bytes, at, head, length);
      shapes[head.name] = head.shape;
      at += length * (head.bytes || FLOAT);
    }
    return { facts: header.facts, arrays, shapes };
  }

  /**
   * Sets page.facts, page.arrays (typed arrays by name, row-major) and page.shapes from the element #page-data.
   * @param {string} [text] packed data to take in its place
   * @returns {Promise<object>} page
   */
  page.load = async function (text) {
    const source = text === undefined ? document.getElementById('page-data').textContent.trim() : text;
    const found = await unpack(source);
    page.facts = found.facts;
    page.arrays = found.arrays;
    page.shapes = found.shapes;
    return page;
  };
}(window.page = window.page || {}));
