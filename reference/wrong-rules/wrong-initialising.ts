import type { Json } from '../blob/json.js';
import { DEFAULT_ALIAS_KIND, readAliasKind } from '../blob/read-alias-kind.js';
import { readDeviceId } from '../blob/read-device-id.js';
import { readTensorName } from '../blob/read-tensor-name.js';

const INTEGER = /^-?[0-9]+$/;

/**
 * How the device id of a blob is read, by the name of the wrong implementation that reads it so.
 */
export const WRONG_DEVICE_IDS: Readonly<Record<string, typeof readDeviceId>> = {
  'bad-device-is-zero': (member) => readDeviceId(member) ?? 0,
  'device-id-digits': (member) => (member?.kind === 'number' ? leadingDigits(member) : readDeviceId(member)),
  'device-id-8-bits': (member) =>
    member?.kind === 'number' && INTEGER.test(member.text)
      ? Number(BigInt.asUintN(8, BigInt(member.text)))
      : readDeviceId(member),
};

/**
 * As {@link readTensorName}, but the word is found first where it is the name of an alias, before
 * it is a key.
 */
export const keyIsNoName: typeof readTensorName = (member) => {
  const name = readTensorName(member);
  return name === 'hardware_compatible' || name === 'device_id' ? null : name;
};

/** As {@link readAliasKind}, but an empty kind is a missing one. */
export const emptyKindIsDefault: typeof readAliasKind = (member) => {
  const kind = readAliasKind(member);
  return kind === '' ? DEFAULT_ALIAS_KIND : kind;
};

function leadingDigits({ text }: Extract<Json, { readonly kind: 'number' }>): number {
  return Number(BigInt.asIntN(32, BigInt(text.replace(/[.eE].*$/, ''))));
}
