import { quoteBudget, quoteBytes } from '../../reference/index.js';
import type {
  BlobFacts,
  BudgetEffect,
  BudgetExplanation,
  CompileSpecFacts,
  DelegateExplanation,
  Explanation,
  Finding,
  MethodExplanation,
  Policy,
} from '../../reference/index.js';
import { countText } from '../model/count-text.js';
import { briefly, visible, type VisibleText } from '../model/visible-text.js';
import type { DrawnDelegate, DrawnLine, DrawnMethod, DrawnNote, Drawing, Source } from './drawing.js';

/** Characters of a name that are shown. */
const LONGEST_NAME = 120;
/** Who chooses an automatic budget under a policy. */
const CHOOSERS: Readonly<Record<Policy, string>> = { fitting: 'the delegate', upstream: 'TensorRT' };
const NOTHING = 'nothing; the load fails';

/** What is drawn of an explanation: the words of each part, in the order of the program. */
export function drawExplanation(explanation: Explanation): Drawing {
  if (explanation.kind === 'unreadable') {
    const { message, error, clause } = explanation.fault;
    const name = error === null ? 'loading it can crash the process' : `ExecuTorch gives ${error}`;
    return { kind: 'unreadable', fault: visible`${briefly(message)} (${name}; ${clause})` };
  }
  const { methods, findings, policy } = explanation;
  return {
    kind: 'program',
    methods: methods.map((method) => drawnMethod(method, policy)),
    notes: findings.map(drawnNote),
  };
}

function drawnMethod({ name, delegates, findings }: MethodExplanation, policy: Policy): DrawnMethod {
  const counted = delegates.length === 1 ? '1 delegate' : `${delegates.length} delegates`;
  return {
    title: visible`method ${nameText(name)}, ${counted}`,
    delegates: delegates.map((delegate, at) => drawnDelegate(delegate, at, policy)),
    notes: findings.map(drawnNote),
  };
}

function drawnDelegate(delegate: DelegateExplanation, at: number, policy: Policy): DrawnDelegate {
  const { backend, placement, dataBytes, compileSpecs, blob, budget, findings } = delegate;
  const data = dataBytes === null ? 'no data' : `${countText(dataBytes)} bytes of data`;
  const fails = findings.some(({ level }) => level === 'error');
  const told = budget === null ? null : budgetTexts(budget, fails, policy);
  return {
    title: visible`delegate ${at}: ${backend === null ? 'no backend' : briefly(backend, LONGEST_NAME)}, ${data}${placement === null ? '' : ` (${placement})`}`,
    lines: [
      ...compileSpecs.map(specLine),
      ...(blob === null ? [] : [line('engine', visible`${engineText(blob)}`)]),
      ...(told === null ? [] : [line('budget', told.budget)]),
      ...(told?.applied == null ? [] : [line('applied', told.applied)]),
    ],
    source: budget === null ? null : sourceOf(budget),
    specs: compileSpecs.flatMap(({ value, isBudget }) => (isBudget ? [visible`${quoteBudget(value)}`] : [])),
    applied: told?.applied ?? null,
    notes: findings.map(drawnNote),
  };
}

function specLine({ key, value, isBudget }: CompileSpecFacts): DrawnLine {
  const text = isBudget ? quoteBudget(value) : quoteBytes(value);
  return line('spec', visible`${briefly(key, LONGEST_NAME)}=${text}`);
}

function engineText({ magic, deviceId, engineBytes, engine }: BlobFacts): string {
  const streamable =
    engine.streamable === null ? 'streamable size unknown' : `${bytesText(engine.streamable)} streamable`;
  return `${engine.kind} plan of ${countText(engineBytes)} bytes, ${streamable} (${magic}, device ${deviceId})`;
}

function sourceOf(budget: BudgetExplanation): Source | null {
  if (budget.kind === 'untouched') return null;
  return budget.kind === 'automatic' ? 'automatic' : budget.source;
}

/** Where the budget comes from and what is applied; nothing is when the delegate does not load. */
function budgetTexts(
  budget: BudgetExplanation,
  fails: boolean,
  policy: Policy,
): { readonly budget: VisibleText; readonly applied: VisibleText | null } {
  switch (budget.kind) {
    case 'rejected':
      return { budget: visible`rejected: ${budget.reason}`, applied: visible`${NOTHING}` };
    case 'untouched':
      return { budget: visible`none; the load ends before this delegate`, applied: null };
    case 'automatic':
      return {
        budget: visible`automatic, chosen by ${CHOOSERS[policy]} (policy ${policy})`,
        applied: visible`${fails ? NOTHING : effectText(budget.effect)}`,
      };
    case 'explicit':
      return {
        budget: visible`${bytesText(budget.requested)}, from the ${budget.source}`,
        applied: visible`${fails ? NOTHING : effectText(budget.effect)}`,
      };
  }
}

function effectText(effect: BudgetEffect): string {
  switch (effect.kind) {
    case 'applied':
      return bytesText(effect.budget);
    case 'refused':
      return 'nothing; TensorRT refuses it and the load fails';
    case 'none':
      return 'nothing; the engine streams nothing';
    case 'depends':
      return effect.rule;
  }
}

function drawnNote({ level, clause, message }: Finding): DrawnNote {
  return {
    level,
    text: visible`${level}${clause === null ? '' : ` ${clause}`}: ${briefly(message)}`,
  };
}

function bytesText(size: bigint): string {
  return `${countText(size)} bytes`;
}

/** A name of a program, quoted, so that its ends are seen. */
function nameText(name: string): VisibleText {
  return briefly(JSON.stringify(name), LONGEST_NAME);
}

function line(label: string, text: VisibleText): DrawnLine {
  return { label, text };
}
