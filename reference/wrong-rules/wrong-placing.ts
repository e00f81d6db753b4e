import type { PlaceRule } from '../rules/rules.js';

/** What tensors are taken for, by the name of the wrong implementation that does so. */
export const WRONG_PLACES: Readonly<Record<string, PlaceRule>> = {
  'all-tensors-on-host': () => 'host',
  'input-tensors-on-host': (lies, _, role) => (role === 'input' ? 'host' : lies),
  'output-tensors-on-host': (lies, _, role) => (role === 'output' ? 'host' : lies),
  'tensor-tags-believed': (_, tagged) => (tagged ? 'device' : 'host'),
};
