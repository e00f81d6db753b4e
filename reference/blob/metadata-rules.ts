import { readAliasKind } from './read-alias-kind.js';
import { readDeviceId } from './read-device-id.js';
import { readTensorName } from './read-tensor-name.js';

/**
 * How members of a blob's metadata are read; a wrong implementation reads one of them otherwise.
 */
export interface MetadataRules {
  readonly readDeviceId: typeof readDeviceId;
  /** Reads the `output` and the `input` of an alias. */
  readonly readAliasName: typeof readTensorName;
  readonly readAliasKind: typeof readAliasKind;
}

/** As the specification says. */
export const METADATA_RULES: MetadataRules = { readDeviceId, readAliasName: readTensorName, readAliasKind };
