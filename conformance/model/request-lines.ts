import { quoteBudget, quoteBytes, type MethodPlan } from '../../reference/index.js';
import { cText } from '../../reference/rules/c-string.js';
import type {
  HostMemory,
  OptionsEntry,
  OptionsMap,
  OptionValue,
  Step,
} from '../../reference/request/load-request.js';
import type { DelegateSource, RequestSpec } from './request-spec.js';
import { BUDGET } from './names.js';

/**
 * A request as lines to read: every engine with its compile specs, then every step with its
 * options.
 */
export function requestLines({ program, steps, module, sharing, threads, device }: RequestSpec): string[] {
  return [
    ...(program.kind === 'methods'
      ? program.methods.flatMap(({ name, delegates, plan }) => [
          ...delegates.map((delegate, at) => `${name}, engine ${at}: ${delegateText(delegate)}`),
          ...(plan === undefined ? [] : [`${name}, ${planText(plan)}`]),
        ])
      : [program.kind === 'file' ? program.path : `a program of ${program.bytes.length} bytes`]),
    ...device.faults.map(({ call, occurrence }) => `call ${occurrence} of ${call} fails`),
    ...(device.hostMemory === undefined ? [] : [hostMemoryText(device.hostMemory)]),
    ...(module === null ? [] : [`module options ${optionsText(module.options)}`]),
    ...(sharing === undefined ? [] : [SHARED[sharing]]),
    ...(threads === undefined
      ? []
      : [`${threads.count} threads at once, which take turns in the order of seed ${threads.seed}`]),
    ...steps.map((step, at) => `step ${at}: ${stepText(step)}`),
  ];
}

/** What loads that share an allocator do. */
const SHARED = {
  program: 'one allocator for all loads, which stay',
  copies: 'one allocator for all loads, which stay, each of a copy of the program',
} as const;

function hostMemoryText({ kind, availableBytes }: HostMemory): string {
  const available = `${availableBytes} bytes of the host's memory are available`;
  if (kind === 'separate') return available;
  return kind === 'shared'
    ? `the device shares the memory of the host: ${availableBytes} bytes are available`
    : 'the device shares the memory of the host, and the system does not tell how much is available';
}

function planText({ arenas, calls }: MethodPlan): string {
  const places = arenas.map(({ bytes, device: { type, index } }) =>
    type === 0 ? `${bytes} bytes` : `${bytes} bytes on device ${index} of type ${type}`,
  );
  const called = calls.map((call) => ('operator' in call ? call.operator : `engine ${call.delegate}`));
  return `arenas of ${places.join(' and ')}: ${called.join(', ')}`;
}

function delegateText({ backend, placement, data, compileSpecs }: DelegateSource): string {
  const plan = data.kind === 'blob' && data.engine.kind === 'plan' ? data.engine.plan : null;
  const engine =
    plan === null
      ? 'not a plain scripted engine'
      : `streamable ${plan.streamable}, automatic ${plan.automatic}`;
  const refused =
    plan === null || plan.setAnswers.every(Boolean) ? '' : `, sets ${plan.setAnswers.join(' ')}`;
  const specs = compileSpecs.map(({ key, value }) => `, ${keyText(key)}=${bytesText(key, value)}`).join('');
  return `${backend} ${placement}, ${engine}${refused}${specs}`;
}

function stepText(step: Step): string {
  switch (step.op) {
    case 'load':
      return `load ${step.method}${step.options === null ? '' : ` with ${optionsText(step.options)}`}`;
    case 'execute':
    case 'unload':
      return `${step.op} ${step.method}`;
    case 'set-option':
      return `set option ${entryText(step.options)}`;
    case 'get-option':
      return `get option ${keyText(step.key)} of ${step.backend}`;
  }
}

function optionsText(map: OptionsMap | null): string {
  if (map === null) return 'none';
  return `[${map.map(entryText).join('; ')}]`;
}

function entryText({ backend, via, options }: OptionsEntry): string {
  const list = options.map(({ key, value }) => `${keyText(key)}=${valueText(key, value)}`);
  return `${backend} (${via}): ${list.join(', ')}`;
}

function valueText(key: string, value: OptionValue): string {
  return 'bytes' in value ? `${value.type} ${bytesText(key, value.bytes)}` : `${value.type} ${value.value}`;
}

/** A key, quoted where it is not that of the budget itself. */
function keyText(key: string): string {
  return key === BUDGET ? BUDGET : JSON.stringify(key);
}

/** Of a budget what makes it malformed is shown, however long it is. */
function bytesText(key: string, bytes: Uint8Array): string {
  return cText(key) === BUDGET ? quoteBudget(bytes) : quoteBytes(bytes);
}
