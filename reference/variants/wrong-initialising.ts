import { readDeviceId } from '../blob/read-device-id.js';

/** A device id that is no integer in range is 0. */
export const badDeviceIsZero: typeof readDeviceId = (member) => readDeviceId(member) ?? 0;
