import type { PlaceRule } from '../rules/rules.js';

/** What tensors are taken for, by the name of the wrong implementation that does so. */
export const WRONG_PLACES: Readonly<Record<string, PlaceRule>> = {
  'all-tensors-on-host': () => 'host',
  'tensor-tags-believed': (_, tagged) => (tagged ? 'device' : 'host'),
};
