import { encodePlan, scriptedPlan } from '../../../reference/index.js';
import type {
  ExportRequest,
  ExportWay,
  GivenBudget,
  GivenEngine,
} from '../../../reference/exporter/export-request.js';
import { BUDGET, METHOD } from '../names.js';
import { bytesOf, labelOf, type Text } from '../text.js';
import { input, output } from './vocabulary.js';

/** An engine; left out: 1,024 streamable bytes, one input and one output, device 0. */
export interface ExportEngineScenario {
  readonly streamable?: bigint;
  readonly device?: number;
  readonly inputs?: readonly string[];
  readonly outputs?: readonly string[];
  /** Outputs that alias an input, each with the input. */
  readonly aliases?: Readonly<Record<string, string>>;
}

/** What an exporter is asked for; left out: one engine in one method, and no budget. */
export interface ExportScenario {
  readonly way?: ExportWay;
  readonly format?: string;
  readonly budget?: GivenBudget;
  /** Key and value, and the method that it is for where it is not for all. */
  readonly specs?: readonly (readonly [key: string, value: Text, method?: string])[];
  readonly engines?: readonly ExportEngineScenario[];
  readonly methods?: Readonly<Record<string, readonly ExportEngineScenario[]>>;
}

/** The request that a scenario stands for. */
export function exportRequest(scenario: ExportScenario): ExportRequest {
  const { way = 'save', format = 'executorch', budget = null, specs = [] } = scenario;
  const methods = scenario.methods ?? { [METHOD]: scenario.engines ?? [{}] };
  return {
    way,
    format,
    budget,
    compileSpecs: specs.map(([key, value, method = null]) => ({ key, value: bytesOf(value), method })),
    methods: Object.entries(methods).map(([name, engines]) => ({ name, engines: engines.map(givenEngine) })),
  };
}

/** The engine that a scenario stands for: a scripted plan. */
export function givenEngine({
  streamable = 1024n,
  device = 0,
  inputs = ['input_0'],
  outputs = ['output_0'],
  aliases = {},
}: ExportEngineScenario): GivenEngine {
  const aliasOf = new Map(Object.entries(aliases));
  const plan = encodePlan(
    scriptedPlan({
      streamable,
      automatic: streamable / 2n,
      bindings: [
        ...inputs.map((name) => input(name)),
        ...outputs.map((name) => output(name, undefined, { aliases: aliasOf.get(name) ?? null })),
      ],
    }),
  );
  const told = [...aliasOf].map(([out, into]) => ({ output: out, input: into, kind: 'kv_cache_update' }));
  return { plan, device, inputs, outputs, aliases: told };
}

/** What a scenario holds, as the query part of a case id. */
export function exportQuery({ way, format, budget, specs, engines, methods }: ExportScenario): string {
  return [
    ...(way === undefined ? [] : [`way=${way}`]),
    ...(format === undefined ? [] : [`format=${format}`]),
    ...(budget === undefined ? [] : [`budget=${budgetLabel(budget)}`]),
    ...(specs === undefined
      ? []
      : [`specs=[${specs.map(([key, value, method]) => specLabel(key, value, method)).join()}]`]),
    ...(engines === undefined ? [] : [`engines=${enginesLabel(engines)}`]),
    ...(methods === undefined
      ? []
      : [
          `methods=[${Object.entries(methods)
            .map(([name, each]) => `${labelOf(name)}:${enginesLabel(each)}`)
            .join()}]`,
        ]),
  ].join('&');
}

function budgetLabel({ type, text, shown }: GivenBudget): string {
  if (type === 'none') return type;
  const own = shown === undefined ? '' : `(${labelOf(shown)})`;
  return `${type}:${/^[-+.\w]{1,40}$/.test(text) ? text : longLabel(text)}${own}`;
}

/** A text that ends in one character over and over by how often. */
function longLabel(text: string): string {
  const [, head = '', last = '', run = ''] = /^(.*?)((.)\3{20,})$/s.exec(text) ?? [];
  return last === '' ? labelOf(text) : `${labelOf(head)}+${labelOf(run)}*${last.length}`;
}

function specLabel(key: string, value: Text, method: string | undefined): string {
  const name = key === BUDGET ? 'budget' : labelOf(key);
  return `${name}:${labelOf(value)}${method === undefined ? '' : `@${labelOf(method)}`}`;
}

function enginesLabel(engines: readonly ExportEngineScenario[]): string {
  return `[${engines.map(engineLabel).join()}]`;
}

function engineLabel({ streamable, device, inputs, outputs, aliases }: ExportEngineScenario): string {
  const parts = [
    ...(streamable === undefined ? [] : [`streamable=${streamable}`]),
    ...(device === undefined ? [] : [`device=${device}`]),
    ...(inputs === undefined ? [] : [`inputs=${inputs.map(labelOf).join('+')}`]),
    ...(outputs === undefined ? [] : [`outputs=${outputs.map(labelOf).join('+')}`]),
    ...(aliases === undefined
      ? []
      : [
          `aliases=${Object.entries(aliases)
            .map(([out, into]) => `${labelOf(out)}>${labelOf(into)}`)
            .join('+')}`,
        ]),
  ];
  return `{${parts.join('&')}}`;
}
