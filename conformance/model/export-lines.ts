import { quoteBytes } from '../../reference/index.js';
import type { ExportAnswer } from '../../reference/exporter/export-answer.js';
import type { ExportRequest, GivenBudget, GivenEngine } from '../../reference/exporter/export-request.js';
import { countText } from './count-text.js';
import { briefly, visible, visibleLine } from './visible-text.js';

/** Characters of a value that are shown. */
const SHOWN = 60;

/** A request to an exporter as lines to read. */
export function exportLines({
  way,
  format,
  budget,
  compileSpecs,
  methods,
}: ExportRequest): readonly string[] {
  return [
    visible`${way} as ${format}, ${budgetText(budget)}`,
    ...compileSpecs.map(
      ({ method, key, value }) =>
        visible`compile spec for ${method === null ? 'all methods' : nameText(method)}: ${nameText(key)} = ${quoteBytes(value)}`,
    ),
    ...methods.map(
      ({ name, engines }) =>
        visible`method ${nameText(name)}: ${engines.length === 0 ? 'no engine' : engines.map(engineText).join(', ')}`,
    ),
  ];
}

/** A value that is given for a budget, in words. */
export function budgetText(budget: GivenBudget | null): string {
  if (budget === null) return 'no budget given';
  const { type, text, shown } = budget;
  const own = shown === undefined ? '' : visible`, whose own text is ${nameText(shown)}`;
  return type === 'none'
    ? 'the budget None'
    : visible`a budget of type ${type}: ${briefly(text, SHOWN)}${own}`;
}

function nameText(name: string): string {
  return visibleLine(JSON.stringify(name));
}

function engineText({ plan, device, inputs, outputs, aliases }: GivenEngine): string {
  const tensors = `${inputs.length} in, ${outputs.length} out`;
  const aliased = aliases.length === 0 ? '' : `, ${aliases.length} aliased`;
  return `engine of ${countText(plan.length)} bytes for device ${device} (${tensors}${aliased})`;
}

/** What an exporter did, as lines to read. */
export function answerLines(answer: ExportAnswer): readonly string[] {
  const { warnings } = answer;
  const told =
    answer.kind === 'refused'
      ? visible`refused with ${answer.error}: ${briefly(answer.message)}`
      : answer.program === null
        ? 'exported, and gives no program'
        : `exported ${countText(answer.program.length)} bytes`;
  return [told, ...warnings.map((text) => visible`warning: ${briefly(text)}`)];
}
