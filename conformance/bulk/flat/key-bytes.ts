import { BUDGET_KEY } from '../../wire/decision-format.js';

/*
 * The budget's key is written and compared some million times a second, so it goes as words: five
 * of 32 bits, one of 16, one of 8.
 */

const KEY_VIEW = new DataView(BUDGET_KEY.buffer, BUDGET_KEY.byteOffset, BUDGET_KEY.byteLength);
const [WORD_0, WORD_1, WORD_2, WORD_3, WORD_4] = [0, 4, 8, 12, 16].map((at) =>
  KEY_VIEW.getUint32(at, true),
) as [number, number, number, number, number];
const WORD_5 = KEY_VIEW.getUint16(20, true);
const LAST_BYTE = KEY_VIEW.getUint8(22);

/** Bytes of the budget's key. */
export const KEY_LENGTH = 23;

/** Writes the budget's key at `at`, without a length. */
export function writeBudgetKey(view: DataView, at: number): void {
  view.setUint32(at, WORD_0, true);
  view.setUint32(at + 4, WORD_1, true);
  view.setUint32(at + 8, WORD_2, true);
  view.setUint32(at + 12, WORD_3, true);
  view.setUint32(at + 16, WORD_4, true);
  view.setUint16(at + 20, WORD_5, true);
  view.setUint8(at + 22, LAST_BYTE);
}

/** Whether the bytes `[from, to)`, read as a C string, are the budget's key (WSB-PREC-08). */
export function isBudgetKey(view: DataView, from: number, to: number): boolean {
  const length = to - from;
  return (
    length >= KEY_LENGTH &&
    view.getUint32(from, true) === WORD_0 &&
    view.getUint32(from + 4, true) === WORD_1 &&
    view.getUint32(from + 8, true) === WORD_2 &&
    view.getUint32(from + 12, true) === WORD_3 &&
    view.getUint32(from + 16, true) === WORD_4 &&
    view.getUint16(from + 20, true) === WORD_5 &&
    view.getUint8(from + 22) === LAST_BYTE &&
    (length === KEY_LENGTH || view.getUint8(from + KEY_LENGTH) === 0)
  );
}
