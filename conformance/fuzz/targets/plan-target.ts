import { crc32, decodePlan, encodePlan, scriptedPlan, type Plan } from '../../../reference/index.js';
import * as layout from '../../../reference/plan/layout.js';
import { type ReaderTarget, REFUSED } from './reader-target.js';
import { hexOf } from './texts.js';

/** A scripted plan, its size and its checksum set right: nothing would come past them. */
export const PLAN_TARGET: ReaderTarget = {
  name: 'plan',
  what: 'the scripted plan of an engine',
  read: (input) => {
    const decoded = decodePlan(whole(input));
    return decoded.ok ? planText(decoded.plan) : REFUSED;
  },
  twin: 'equal',
  seeds: () => [encodePlan(scriptedPlan()), encodePlan(MODELLED)],
};

const BINDING = { dtype: 1, shapeInference: false };
const MODELLED: Plan = scriptedPlan({
  kind: 'modelled',
  updatesInPlace: true,
  setAnswers: [true, false],
  paging: { granuleBits: 21, context: 1, contextHeadroom: 2, weightsHeadroom: 3, loadHeadroom: 4 },
  bindings: [
    {
      ...{ ...BINDING, name: 'input_0', mode: 'input', shape: [-1n, 3n], aliases: null },
      profile: { min: [1n, 3n], max: [4n, 3n] },
    },
    { ...BINDING, name: 'output_0', mode: 'output', shape: [-1n, 3n], aliases: 'input_0', profile: null },
  ],
});

function whole(input: Uint8Array): Uint8Array {
  if (input.length < layout.CHECKED_FROM) return input;
  const plan = input.slice();
  const view = new DataView(plan.buffer);
  view.setUint32(layout.SIZE_AT, plan.length, true);
  view.setUint32(layout.CHECKSUM_AT, crc32(plan, layout.CHECKED_FROM), true);
  return plan;
}

/** Twin: PlanText() of native/fuzz/plan_fuzz.cpp. */
function planText(plan: Plan): string {
  const flags = [plan.deserializes, plan.createsContext, plan.enqueues, plan.updatesInPlace === true];
  const bit = (flag: boolean): string => (flag ? '1' : '0');
  const { granuleBits, context, contextHeadroom, weightsHeadroom, loadHeadroom } = plan.paging ?? NO_PAGING;
  const numbers = [
    ...[plan.streamable, plan.automatic, plan.scratch, plan.activations],
    ...[granuleBits, context, contextHeadroom, weightsHeadroom, loadHeadroom],
  ];
  return [
    `${plan.kind} ${[...flags, plan.setDefault].map(bit).join(' ')}`,
    plan.setAnswers.map(bit).join(''),
    numbers.map((number) => `${number} `).join(''),
    ...plan.bindings.map(bindingText),
    '',
  ].join('\n');
}

const NO_PAGING = { granuleBits: 0, context: 0, contextHeadroom: 0, weightsHeadroom: 0, loadHeadroom: 0 };

function bindingText({ mode, name, dtype, shape, ...rest }: Plan['bindings'][number]): string {
  const { shapeInference, profile, aliases } = rest;
  return [
    `${mode} ${hexOf(name)} ${dtype} ${extents(shape)}`,
    ...(shapeInference ? ['shape'] : []),
    ...(profile === null ? [] : [extents(profile.min) + extents(profile.max)]),
    ...(aliases === null ? [] : [`alias ${hexOf(aliases)}`]),
  ].join(' ');
}

function extents(shape: readonly bigint[]): string {
  return `[${shape.join(',')}]`;
}
