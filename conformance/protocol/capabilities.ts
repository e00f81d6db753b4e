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
  'files',
  'allocators',
  'integrated',
  'threads',
  'setOption',
] as const;

/**
 * Those that say what a host tells of a case, not what the delegate in it can do: what it does not
 * tell is not compared, so that no case would count as unsupported.
 */
export const TOLD_BY_HOST: readonly Capability[] = ['source', 'warned', 'leaks', 'violations', 'progress'];

/** Those that a hello need not name, with what that means: they came after the first subjects. */
export const LATER_CAPABILITIES = {
  devices: false,
  options: true,
  steps: true,
  files: false,
  allocators: false,
  integrated: false,
  threads: false,
  setOption: false,
} as const;

/** One of {@link CAPABILITIES}. */
export type Capability = (typeof CAPABILITIES)[number];

/** Every capability, each with whether the subject has it. */
export type Capabilities = Readonly<Record<Capability, boolean>>;

/** Whether a text is one of {@link CAPABILITIES}. */
export function isCapability(text: string): text is Capability {
  return CAPABILITIES.some((name) => name === text);
}

/** The capabilities less those of `lacks`, which are false then. */
export function withoutCapabilities(has: Capabilities, lacks: readonly Capability[]): Capabilities {
  return { ...has, ...Object.fromEntries(lacks.map((name) => [name, false])) };
}

/** Those of a subject that lacks none. */
export function allCapabilities(): Capabilities {
  return Object.fromEntries(CAPABILITIES.map((name) => [name, true])) as Capabilities;
}
