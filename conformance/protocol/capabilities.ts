/**
 * What a subject in a process of its own can say that it does, in the order of spec/protocol.md.
 */
export const CAPABILITIES = [
  'program',
  'decision',
  'module',
  'execute',
  'verification',
  'faults',
  'memory',
  'plans',
  'source',
  'warned',
  'leaks',
  'violations',
  'progress',
  'devices',
  'options',
  'steps',
] as const;

/** Those that a hello need not name, with what that means: they came after the first subjects. */
export const LATER_CAPABILITIES = { devices: false, options: true, steps: true } as const;

/** One of {@link CAPABILITIES}. */
export type Capability = (typeof CAPABILITIES)[number];

/** Every capability, each with whether the subject has it. */
export type Capabilities = Readonly<Record<Capability, boolean>>;

/** Those of a subject that lacks none. */
export function allCapabilities(): Capabilities {
  return Object.fromEntries(CAPABILITIES.map((name) => [name, true])) as Capabilities;
}
