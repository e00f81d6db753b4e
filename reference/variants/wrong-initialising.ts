import { DEFAULT_ALIAS_KIND, readAliasKind } from '../blob/read-alias-kind.js';
import { readDeviceId } from '../blob/read-device-id.js';
import type { Rules } from '../rules/rules.js';
import { readTensorName } from '../blob/read-tensor-name.js';

/** A device id that is no integer in range is 0. */
export const badDeviceIsZero: typeof readDeviceId = (member) => readDeviceId(member) ?? 0;

/** The digits that a device id begins with count, modulo 2^32; a fraction and an exponent are dropped. */
export const leadingDigits: typeof readDeviceId = (member) => {
  if (member?.kind !== 'number') return readDeviceId(member);
  const digits = member.text.replace(/[.eE].*$/, '');
  return Number(BigInt.asIntN(32, BigInt(digits)));
};

/** An empty kind is a missing one. */
export const emptyKindIsDefault: typeof readAliasKind = (member) => {
  const kind = readAliasKind(member);
  return kind === '' ? DEFAULT_ALIAS_KIND : kind;
};

const LATER_KEYS: readonly (string | null)[] = ['hardware_compatible', 'device_id'];

/** A tensor that is called like a key which is written behind the aliases is none: the word is found here first. */
export const keyIsNoName: typeof readTensorName = (member) => {
  const name = readTensorName(member);
  return LATER_KEYS.includes(name) ? null : name;
};

/** Of an integer the lowest eight bits count. */
export const lowestByte: typeof readDeviceId = (member) =>
  member?.kind === 'number' && /^-?[0-9]+$/.test(member.text)
    ? Number(BigInt.asUintN(8, BigInt(member.text)))
    : readDeviceId(member);

/** A name that is the beginning of a binding's is that binding's. */
export const isPrefix: Rules['isBindingName'] = (name, binding) => binding.startsWith(name);
