import type { Json } from './json.js';

/** The greatest number that a CUDA device can have. */
export const MAX_DEVICE_ID = 2 ** 31 - 1;

const INTEGER = /^-?[0-9]+$/;

/**
 * The device that the member `device_id` of a blob's metadata names: an integer written as one, in
 * range (WSB-BLOB-06); 0 when there is no such member, null when it names none.
 */
export function readDeviceId(member: Json | undefined): number | null {
  const id = member ?? { kind: 'number', text: '0' };
  if (id.kind !== 'number' || !INTEGER.test(id.text)) return null;
  const value = Number(id.text);
  // −0 is 0.
  return value >= 0 && value <= MAX_DEVICE_ID ? Math.abs(value) : null;
}
