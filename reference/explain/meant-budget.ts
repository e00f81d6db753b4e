import { MAX_BUDGET } from '../rules/parse-budget.js';

/** Bytes of a text that are looked at: whoever means a number writes a short one. */
const LONGEST = 64;
const UNITS: ReadonlyMap<string, bigint> = new Map([
  ['', 1n],
  ...['k', 'm', 'g', 't'].flatMap((letter, at): [string, bigint][] => [
    [letter, 1000n ** BigInt(at + 1)],
    [`${letter}i`, 1024n ** BigInt(at + 1)],
  ]),
]);
const AUTOMATIC = ['auto', 'automatic', 'default', 'none', 'null', 'nil', 'false', 'off', ''];

/**
 * What to write in place of bytes that are no budget, when it can be told what their writer means;
 * null when not. A clause without its full stop: `write 8000000000 for 8GB`.
 *
 * @param streamable - bytes of the engine that can be streamed; null when the engine is not known
 */
export function meantBudget(bytes: Uint8Array, streamable: bigint | null): string | null {
  if (bytes.length > LONGEST) return tooLarge(bytes);
  const given = new TextDecoder().decode(bytes).replaceAll('\0', ' ').trim();
  const text = given.replace(/^(["'])(.*)\1$/, '$2').trim();
  if (AUTOMATIC.includes(text.toLowerCase()))
    return 'leave the option or the compile spec out for an automatic budget';
  const percent = /^(\d{1,3})(?:\.(\d{1,9}))?\s*%$/.exec(text);
  if (percent !== null) return shareOf(percent, streamable);
  if (/^-\d+$/.test(text))
    return 'a budget is 0 or more bytes; leave it out for an automatic one, or write 0 to stream all weights';
  const meant = numberIn(text);
  if (meant === null) return null;
  if (meant > MAX_BUDGET) return tooLarge(bytes);
  // What was given in digits alone, with blanks or a NUL around, says itself what is meant.
  return `write ${meant}${/^\d+$/.test(text) ? ' and nothing else' : ` for ${text}`}`;
}

function tooLarge(bytes: Uint8Array): string | null {
  return bytes.every((byte) => byte >= 0x30 && byte <= 0x39)
    ? `the largest budget is ${MAX_BUDGET}; any at or above the streamable bytes keeps all weights resident`
    : null;
}

function shareOf([text, whole = '0', part = '']: RegExpExecArray, streamable: bigint | null): string {
  if (streamable === null) return 'a budget is a number of bytes, not a share of the weights';
  const share = (streamable * BigInt(whole + part)) / (100n * 10n ** BigInt(part.length));
  return `a budget is a number of bytes: write ${share} for ${text} of the engine's ${streamable} streamable bytes`;
}

/** The number of bytes that a text stands for which is not one as a budget is written. */
function numberIn(text: string): bigint | null {
  if (/^0x[0-9a-f]{1,16}$/i.test(text)) return BigInt(text);
  const read = /^\+?(\d[\d_,' ]*)(?:\.(\d+))?(?:e\+?(\d{1,2}))?\s*([kmgt]i?)?(?:b|bytes?)?$/i.exec(text);
  if (read === null) return null;
  const [, whole = '', part = '', power = '0', unit = ''] = read;
  const factor = UNITS.get(unit.toLowerCase()) ?? 1n;
  const digits = BigInt(whole.replace(/\D/g, '') + part) * 10n ** BigInt(power) * factor;
  return digits / 10n ** BigInt(part.length);
}
