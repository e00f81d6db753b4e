import type { PlanBinding } from '../../../reference/index.js';
import { BACKEND } from '../names.js';
import { BUDGET } from '../names.js';
import type {
  EngineScenario,
  EntryScenario,
  MethodStepScenario,
  OptionScenario,
  Scenario,
  StepScenario,
} from './scenario.js';
import { labelOf, type NamedBytes, type Text } from '../text.js';

/** The longest list that is told by how often it is repeated. */
const MOST_REPEATED = 4;

/**
 * What a scenario holds, as the query part of a case id: `spec="+5"&streamable=0`. Two scenarios
 * that differ have different queries; what is left out is left out here too.
 */
export function scenarioQuery(scenario: Scenario): string {
  const {
    option,
    options,
    engines,
    methods,
    module,
    sharing,
    threads,
    steps,
    verification,
    free,
    host,
    fault,
    file,
    planned,
    ...engine
  } = scenario;
  return join('&', [
    ...engineFields(engine),
    option === undefined ? null : `option=${optionText(option)}`,
    options === undefined ? null : `options=${entriesText(options)}`,
    engines === undefined ? null : `engines=${enginesText(engines)}`,
    methods === undefined ? null : `methods=${methodsText(methods)}`,
    module === undefined ? null : `module=${module === null ? 'null' : entriesText(module)}`,
    sharing === undefined ? null : `sharing=${sharing}`,
    threads === undefined ? null : `threads=${threads.count}&seed=${threads.seed}`,
    steps === undefined ? null : `steps=${bracket(steps.map(stepQuery))}`,
    verification === undefined ? null : `verification=${verification}`,
    free === undefined ? null : `free=${free}`,
    host === undefined ? null : `host=${host.kind}:${host.availableBytes}`,
    fault === undefined ? null : `fault=${fault.call}:${fault.occurrence}`,
    file === undefined ? null : `file=${file.label}`,
    planned === undefined ? null : `planned=${planned.label}`,
  ]);
}

function engineFields(engine: EngineScenario): (string | null)[] {
  const { spec, specs, answers, bindings, blob, ...plain } = engine;
  return [
    spec === undefined ? null : `spec=${isList(spec) ? bracket(spec.map(labelOf)) : labelOf(spec)}`,
    specs === undefined
      ? null
      : `specs=${bracket(specs.map(([key, value]) => `${keyText(key)}:${labelOf(value)}`))}`,
    ...Object.entries(plain).map(([key, value]) => `${key}=${nameText(String(value))}`),
    answers === undefined ? null : `answers=${bracket(answers.map((ok) => (ok ? 'yes' : 'no')))}`,
    bindings === undefined ? null : `bindings=${bracket(bindings.map(bindingText))}`,
    blob === undefined ? null : `blob=${blob.label}`,
  ];
}

function bindingText({ name, mode, shape, shapeInference, profile, aliases }: PlanBinding): string {
  const extra = `${shapeInference ? ' shape tensor' : ''}${profile === null ? '' : ' profile'}${aliases === null ? '' : ` aliases ${labelOf(aliases)}`}`;
  return `${mode} ${labelOf(name)}${bracket(shape.map(String))}${extra}`;
}

function enginesText(engines: readonly EngineScenario[]): string {
  return bracket(engines.map((engine) => `{${join('&', engineFields(engine))}}`));
}

function methodsText(methods: Readonly<Record<string, readonly EngineScenario[]>>): string {
  return bracket(
    Object.entries(methods).map(([name, engines]) => `${nameText(name)}:${enginesText(engines)}`),
  );
}

function stepQuery(step: StepScenario): string {
  switch (step.op) {
    case 'set-option':
      return `set ${setText(step.entry)}`;
    case 'get-option':
      return `get ${keyText(step.key)}${step.backend === BACKEND ? '' : ` of ${nameText(step.backend)}`}`;
    case 'load':
    case 'execute':
    case 'unload':
      return methodQuery(step);
  }
}

/** What is set: the budget alone as its value. */
function setText(entry: EntryScenario): string {
  const [option, ...more] = entry.options;
  const isPlain = entry.backend === BACKEND && entry.via === 'builder' && more.length === 0;
  return isPlain && option?.[0] === BUDGET ? optionText(option[1]) : entryText(entry);
}

function methodQuery({ op, method, option, options }: MethodStepScenario): string {
  const extra =
    option === undefined ? (options === undefined ? '' : entriesText(options)) : optionText(option);
  const call = `${op} ${nameText(method)}`;
  return extra === '' ? call : `${call} ${extra}`;
}

function entriesText(entries: readonly EntryScenario[]): string {
  return bracket(entries.map(entryText));
}

function entryText({ backend, via, options }: EntryScenario): string {
  const id = backend === BACKEND ? '' : `${nameText(backend)}:`;
  return `${id}${via}${bracket(options.map(([key, value]) => `${keyText(key)}:${optionText(value)}`))}`;
}

function optionText(value: OptionScenario): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return isArrayValue(value) ? value.array.label : labelOf(value);
}

function isArrayValue(value: Text | { readonly array: NamedBytes }): value is { readonly array: NamedBytes } {
  return typeof value !== 'string' && 'array' in value;
}

function isList(value: Text | readonly Text[]): value is readonly Text[] {
  return Array.isArray(value);
}

/** A name as it is, or quoted where it cannot be typed. */
function nameText(name: string): string {
  return /^[ -~]*$/.test(name) ? name : labelOf(name);
}

function keyText(key: string): string {
  return key === BUDGET ? 'budget' : labelOf(key);
}

/**
 * A list in brackets. One that is a short list over and over is told by that list and how often.
 */
function bracket(items: readonly string[]): string {
  for (let period = 1; period <= MOST_REPEATED && 2 * period <= items.length; period++) {
    if (items.length % period !== 0 || !items.every((item, at) => item === items[at % period])) continue;
    const unit = items.slice(0, period).join(',');
    return `[${items.length / period}*${period === 1 ? unit : `(${unit})`}]`;
  }
  return `[${runsOf(items).join(',')}]`;
}

/** The items, those that stand more than once behind one another told by their number. */
function runsOf(items: readonly string[]): string[] {
  const runs: { item: string; count: number }[] = [];
  for (const item of items) {
    const last = runs.at(-1);
    if (last?.item === item) last.count++;
    else runs.push({ item, count: 1 });
  }
  return runs.map(({ item, count }) => (count === 1 ? item : `${count}*${item}`));
}

function join(separator: string, parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null).join(separator);
}
