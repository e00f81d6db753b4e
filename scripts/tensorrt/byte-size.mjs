const UNITS = Object.freeze({ '': 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30 });

/**
 * Reads a size such as `40MiB`; without a unit it is bytes.
 *
 * @param {string} text
 * @returns {number | null} bytes, at least 1; null when the text is not a size
 */
export function parseByteSize(text) {
  const match = /^(\d{1,9})(KiB|MiB|GiB|)$/.exec(text);
  if (match === null) return null;
  const [, digits, unit] = match;
  const bytes = Number(digits) * UNITS[/** @type {keyof typeof UNITS} */ (unit)];
  return bytes > 0 ? bytes : null;
}
