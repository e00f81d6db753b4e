import type { DecisionCase, DecisionEngine, DecisionOutcome } from '../../../reference/rules/decide.js';
import { parseBudget } from '../../../reference/rules/parse-budget.js';
import { cString } from '../../../reference/rules/c-string.js';
import type { DeliveredValue } from '../../../reference/rules/delivered-option.js';
import { findOption, hasKey } from '../../../reference/rules/find-option.js';
import { BUDGET_KEY } from '../../../reference/rules/budget-key.js';
import { findSpec } from '../../../reference/rules/find-spec.js';

/**
 * The classes of each area, by which the distribution of generated cases is measured (`--stats`).
 */
export const CASE_CLASSES = {
  parsing: [
    'zero',
    'valid',
    'leading zeros',
    'near 2^63',
    'too large',
    'sign',
    'blank',
    'NUL',
    'empty',
    'other byte',
    '255 bytes and more',
  ],
  options: [
    'absent',
    'empty',
    'valid',
    'malformed',
    'int >= 0',
    'int < 0',
    'bool',
    'duplicate key',
    'foreign key',
    'unterminated',
  ],
  precedence: ['absent', 'empty', 'valid', 'malformed', 'int >= 0', 'int < 0', 'bool'].flatMap((option) =>
    ['absent', 'valid', 'malformed', 'duplicate'].map((spec) => `${option} / ${spec}`),
  ),
  application: [
    'below streamable',
    'equal to streamable',
    'clamped',
    'explicit refused',
    'automatic accepted',
    'automatic negative',
    'automatic 0',
    'automatic too large',
    'fallback to 0',
    'fallback refused',
    'not streamable, explicit',
    'not streamable, automatic',
  ],
  engines: [
    '1',
    '2',
    '3 to 8',
    '9 to 64',
    'streaming and resident',
    'own budgets differ',
    'first rejected',
    'later one rejected',
  ],
} as const satisfies Record<string, readonly string[]>;

/** An area of {@link CASE_CLASSES}. */
export type CaseArea = keyof typeof CASE_CLASSES;

/**
 * The classes that a case belongs to, each as `area/class`, found from the case and its outcome and
 * not from how it was generated. A case has one or more classes of an area, or none.
 */
export function classesOfCase(subject: DecisionCase, outcome: DecisionOutcome): Set<string> {
  const classes = new Set<string>();
  const note = (area: CaseArea, name: string): void => {
    classes.add(`${area}/${name}`);
  };
  for (const text of budgetTexts(subject)) note('parsing', classOfText(text));
  for (const name of optionClasses(subject)) note('options', name);
  const option = classOfOption(findOption(subject.options, BUDGET_KEY));
  for (const engine of subject.engines) note('precedence', `${option} / ${classOfSpecs(engine)}`);
  for (const [index, decision] of outcome.engines.entries()) {
    const engine = subject.engines[index];
    if (engine === undefined) continue;
    for (const name of applicationClasses(engine, decision, option)) note('application', name);
  }
  for (const name of engineClasses(subject, outcome)) note('engines', name);
  return classes;
}

function budgetTexts(subject: DecisionCase): Uint8Array[] {
  const option = findOption(subject.options, BUDGET_KEY);
  const texts = option?.type === 'array' ? [option.bytes] : [];
  for (const engine of subject.engines) {
    const spec = findSpec(engine.specs, BUDGET_KEY);
    if (spec.kind === 'one') texts.push(spec.value);
  }
  return texts;
}

function classOfText(text: Uint8Array): string {
  if (text.length === 0) return 'empty';
  if (text.length >= 255) return '255 bytes and more';
  if (text.includes(0)) return 'NUL';
  const parsed = parseBudget(text);
  if (!parsed.ok) {
    if (parsed.fault === 'too-large') return 'too large';
    if (text[0] === 0x2b || text[0] === 0x2d) return 'sign';
    return text.some((byte) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d)) ? 'blank' : 'other byte';
  }
  if (text.length > 1 && text[0] === 0x30) return 'leading zeros';
  if (parsed.budget === 0n) return 'zero';
  return parsed.budget >= 2n ** 63n - 2n ? 'near 2^63' : 'valid';
}

function classOfOption(value: DeliveredValue | null): string {
  if (value === null) return 'absent';
  switch (value.type) {
    case 'bool':
      return 'bool';
    case 'int':
      return value.value < 0 ? 'int < 0' : 'int >= 0';
    case 'array': {
      const text = cString(value.bytes, 256);
      if (text.length === 0) return 'empty';
      return parseBudget(text).ok ? 'valid' : 'malformed';
    }
  }
}

function optionClasses(subject: DecisionCase): string[] {
  const value = findOption(subject.options, BUDGET_KEY);
  const classes = [classOfOption(value)];
  const own = subject.options.filter((option) => hasKey(option, BUDGET_KEY)).length;
  if (own > 1) classes.push('duplicate key');
  if (own < subject.options.length) classes.push('foreign key');
  if (value?.type === 'array' && value.bytes.length === 256 && !value.bytes.includes(0))
    classes.push('unterminated');
  return classes;
}

function classOfSpecs(engine: DecisionEngine): string {
  const found = findSpec(engine.specs, BUDGET_KEY);
  if (found.kind === 'none') return 'absent';
  if (found.kind === 'several') return 'duplicate';
  return parseBudget(found.value).ok ? 'valid' : 'malformed';
}

function applicationClasses(
  engine: DecisionEngine,
  decision: DecisionOutcome['engines'][number],
  option: string,
): string[] {
  const [first, second] = decision.sets;
  if (first === undefined) return notStreamable(engine, option);
  if (!decision.automaticRead) {
    if (!first.ok) return ['explicit refused'];
    if (first.budget < engine.streamable) return ['below streamable'];
    return requested(engine, option) === engine.streamable ? ['equal to streamable'] : ['clamped'];
  }
  const classes: string[] = [];
  if (engine.automatic < 0n) classes.push('automatic negative');
  if (engine.automatic === 0n) classes.push('automatic 0');
  if (engine.automatic > engine.streamable) classes.push('automatic too large');
  if (first.ok) classes.push('automatic accepted');
  else classes.push(second?.ok === true ? 'fallback to 0' : 'fallback refused');
  return classes;
}

function notStreamable(engine: DecisionEngine, option: string): string[] {
  if (engine.streamable > 0n) return []; // rejected before any call
  if (option === 'valid' || option === 'int >= 0') return ['not streamable, explicit'];
  if (option !== 'absent' && option !== 'empty') return [];
  const spec = classOfSpecs(engine);
  if (spec === 'absent') return ['not streamable, automatic'];
  return spec === 'valid' ? ['not streamable, explicit'] : [];
}

/** The compile spec's value when it decides; null when the option does. */
function requested(engine: DecisionEngine, option: string): bigint | null {
  if (option !== 'absent' && option !== 'empty') return null;
  const found = findSpec(engine.specs, BUDGET_KEY);
  if (found.kind !== 'one') return null;
  const parsed = parseBudget(found.value);
  return parsed.ok ? parsed.budget : null;
}

function engineClasses(subject: DecisionCase, outcome: DecisionOutcome): string[] {
  const count = subject.engines.length;
  const classes = [count <= 2 ? String(count) : count <= 8 ? '3 to 8' : '9 to 64'];
  const streaming = subject.engines.filter((engine) => engine.streamable > 0n).length;
  if (streaming > 0 && streaming < count) classes.push('streaming and resident');
  const budgets = new Set(outcome.engines.map((engine) => engine.sets.at(-1)?.budget));
  if (budgets.size > 1) classes.push('own budgets differ');
  if (outcome.rejected) classes.push(outcome.engines.length === 1 ? 'first rejected' : 'later one rejected');
  return classes;
}
