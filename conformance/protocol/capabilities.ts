/** What a subject in a process of its own can say that it does, in the order of spec/protocol.md. */
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
] as const;

/** Those that a hello need not name, and then lacks: they came after the first subjects. */
export const LATER_CAPABILITIES: readonly Capability[] = ['devices'];

/** One of {@link CAPABILITIES}. */
export type Capability = (typeof CAPABILITIES)[number];

/** Every capability, each with whether the subject has it. */
export type Capabilities = Readonly<Record<Capability, boolean>>;

/** Those of a subject that lacks none. */
export function allCapabilities(): Capabilities {
  return Object.fromEntries(CAPABILITIES.map((name) => [name, true])) as Capabilities;
}
