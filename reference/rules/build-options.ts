import type { BackendOption, OptionsEntry, OptionValue } from '../request/load-request.js';
import { cString, cText } from './c-string.js';
import type { DeliveredOption, DeliveredValue } from './delivered-option.js';
import { BUILDER_CAPACITY, OPTION_VALUE_BYTES } from './limits.js';

/**
 * The options of one entry as they reach a delegate, or null when the container refuses one of them
 * (InvalidArgument).
 */
export function buildOptions(entry: OptionsEntry): readonly DeliveredOption[] | null {
  switch (entry.via) {
    case 'builder':
      return fillBuilder(entry.options);
    case 'span':
      // A raw array is taken as it is: equal keys stay, and the first of them decides later
      // (WSB-OPT-12).
      return entry.options.map(deliver);
  }
}

/** `BackendOptions<8>::set_option`, called once for each option. */
function fillBuilder(options: readonly BackendOption[]): readonly DeliveredOption[] | null {
  const held: DeliveredOption[] = [];
  for (const option of options) {
    // `set_option` takes the key as a C string.
    const delivered = deliver({ ...option, key: cText(option.key) });
    const equal = held.findIndex((other) => other.key === delivered.key);
    // An equal key is replaced in its place, even in a full container; a new key needs room.
    if (equal >= 0) held[equal] = delivered;
    else if (held.length < BUILDER_CAPACITY) held.push(delivered);
    else return null;
  }
  return held;
}

function deliver(option: BackendOption): DeliveredOption {
  return { key: option.key, value: deliverValue(option.value) };
}

function deliverValue(value: OptionValue): DeliveredValue {
  switch (value.type) {
    case 'bool':
    case 'int':
      return value;
    case 'string':
      // A longer string is cut without an error; what is left is judged as delivered (WSB-OPT-13).
      return { type: 'array', bytes: cString(value.bytes, OPTION_VALUE_BYTES - 1) };
    case 'array':
      return { type: 'array', bytes: value.bytes.subarray(0, OPTION_VALUE_BYTES) };
  }
}
