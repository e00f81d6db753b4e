import { MAX_BUDGET } from '../../reference/rules/parse-budget.js';

/** A number of bytes as a user writes it: as such, or as a share of something. */
export type Amount =
  | { readonly kind: 'bytes'; readonly bytes: bigint }
  | { readonly kind: 'share'; readonly parts: bigint; readonly of: bigint };

/** A text is no amount. The message says what one is. */
export class AmountError extends Error {
  override readonly name = 'AmountError';
}

const AMOUNT = /^(\d{1,40})(?:\.(\d{1,18}))? ?([a-z]*|%)$/i;
const UNITS: ReadonlyMap<string, bigint> = new Map([
  ['', 1n],
  ['b', 1n],
  ...['k', 'm', 'g', 't'].flatMap((letter, at): [string, bigint][] => [
    [`${letter}b`, 1000n ** BigInt(at + 1)],
    [`${letter}ib`, 1024n ** BigInt(at + 1)],
  ]),
]);
const FORMS = 'Give bytes in digits, or with a unit, such as 8GiB (1024-based) or 8GB (1000-based)';

/**
 * Reads digits, a number with a unit such as `8GiB`, `1.5GB` or `512 MiB`, or a share such as
 * `50%`. What is no whole number of bytes is rounded down.
 *
 * @throws AmountError for any other text, more than a budget can be, and more than 100 %
 */
export function readAmount(text: string): Amount {
  const [, whole = '', part = '', unit = ''] = AMOUNT.exec(text) ?? [];
  if (whole === '') throw new AmountError(`${FORMS}.`);
  const scale = 10n ** BigInt(part.length);
  const number = BigInt(whole + part);
  if (unit === '%') return share(number, 100n * scale);
  const factor = UNITS.get(unit.toLowerCase());
  if (factor === undefined) throw new AmountError(`${meantUnit(unit)}${FORMS}.`);
  if (part !== '' && factor === 1n) throw new AmountError('A number of bytes has no fraction.');
  const bytes = (number * factor) / scale;
  if (bytes <= MAX_BUDGET) return { kind: 'bytes', bytes };
  throw new AmountError(`The largest budget is ${MAX_BUDGET} bytes.`);
}

/** The bytes that an amount stands for, of a whole of so many. */
export function bytesOf(amount: Amount, whole: bigint): bigint {
  return amount.kind === 'bytes' ? amount.bytes : (whole * amount.parts) / amount.of;
}

function share(parts: bigint, of: bigint): Amount {
  if (parts <= of) return { kind: 'share', parts, of };
  throw new AmountError('A share is at most 100%.');
}

/** Of `8G` nobody knows which of two it means. */
function meantUnit(unit: string): string {
  const letter = unit.toUpperCase();
  return ['K', 'M', 'G', 'T'].includes(letter)
    ? `${unit} can mean ${letter}B or ${letter}iB. `
    : `There is no unit ${JSON.stringify(unit)}. `;
}
