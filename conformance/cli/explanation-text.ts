import { quoteBudget, quoteBytes } from '../../reference/index.js';
import type {
  BlobFacts,
  BudgetEffect,
  BudgetExplanation,
  DelegateExplanation,
  Explanation,
  MethodExplanation,
  Policy,
} from '../../reference/index.js';
import { countText } from '../report/table.js';
import { briefly, lineList, visible, type VisibleText } from '../model/visible-text.js';

type Finding = MethodExplanation['findings'][number];

const LABEL_WIDTH = 10;
/** Characters of text that any file may have, and for each byte of it. */
const TEXT_ANYWAY = 65_536;
const TEXT_FOR_EACH_BYTE = 16;
/** Characters of a name that are shown. */
const LONGEST_NAME = 120;
/** Who chooses an automatic budget under a policy. */
const CHOOSERS: Readonly<Record<Policy, string>> = { fitting: 'the delegate', upstream: 'TensorRT' };
const NOTHING = 'nothing; the load fails';

/** An explanation to read: where the budget of each engine comes from, and what is wrong. */
export function explanationText(file: string, size: number, explanation: Explanation): VisibleText {
  if (explanation.kind === 'unreadable') {
    const { message, error, clause } = explanation.fault;
    const name = error === null ? 'loading it can crash the process' : `ExecuTorch gives ${error}`;
    return lineList([
      visible`${file} is not a program that ExecuTorch loads: ${briefly(message)} (${name}; ${clause}).`,
    ]);
  }
  const { methods, findings } = explanation;
  const lines = [
    visible`${file}: ${countText(size)} bytes, ${methods.length === 1 ? '1 method' : `${methods.length} methods`}`,
    ...findings.map(findingLine),
    ...methods.flatMap((method) => methodLines(method, explanation.policy)),
  ];
  return lineList(bounded(lines, TEXT_ANYWAY + TEXT_FOR_EACH_BYTE * size));
}

/** Lines up to a number of characters, and how many are left out. */
function bounded(lines: readonly VisibleText[], most: number): readonly VisibleText[] {
  let left = most;
  const cut = lines.findIndex((line) => (left -= line.length + 1) < 0);
  return cut < 0
    ? lines
    : [...lines.slice(0, cut), visible`… and ${countText(lines.length - cut)} more lines: --json has all`];
}

function methodLines({ name, delegates, findings }: MethodExplanation, policy: Policy): VisibleText[] {
  return [
    visible``,
    visible`method ${nameText(name)}, ${delegates.length === 1 ? '1 delegate' : `${delegates.length} delegates`}`,
    ...findings.map(findingLine),
    ...delegates.flatMap((delegate, index) => delegateLines(delegate, index, policy)),
  ];
}

function delegateLines(delegate: DelegateExplanation, index: number, policy: Policy): VisibleText[] {
  const { backend, placement, dataBytes, compileSpecs, blob, budget, findings } = delegate;
  const data = dataBytes === null ? 'no data' : `${countText(dataBytes)} bytes of data`;
  return [
    visible`  delegate ${index}: ${backend === null ? 'no backend' : briefly(backend, LONGEST_NAME)}, ${data}${placement === null ? '' : ` (${placement})`}`,
    ...compileSpecs.map(({ key, value, isBudget }) => {
      const text = isBudget ? quoteBudget(value) : quoteBytes(value);
      return field('spec', visible`${briefly(key, LONGEST_NAME)}=${text}`);
    }),
    ...(blob === null ? [] : [field('engine', engineText(blob))]),
    ...(budget === null
      ? []
      : budgetLines(
          budget,
          findings.some(({ level }) => level === 'error'),
          policy,
        )),
    ...findings.map((finding) => visible`  ${findingLine(finding)}`),
  ];
}

function engineText({ magic, deviceId, engineBytes, engine }: BlobFacts): string {
  const streamable =
    engine.streamable === null ? 'streamable size unknown' : `${bytesText(engine.streamable)} streamable`;
  return `${engine.kind} plan of ${countText(engineBytes)} bytes, ${streamable} (${magic}, device ${deviceId})`;
}

/** Where the budget comes from and what is applied; nothing is when the delegate does not load. */
function budgetLines(budget: BudgetExplanation, fails: boolean, policy: Policy): VisibleText[] {
  switch (budget.kind) {
    case 'rejected':
      return [field('budget', `rejected: ${budget.reason}`), field('applied', NOTHING)];
    case 'untouched':
      return [field('budget', 'none; the load ends before this delegate')];
    case 'automatic':
      return [
        field('budget', `automatic, chosen by ${CHOOSERS[policy]} (policy ${policy})`),
        field('applied', fails ? NOTHING : effectText(budget.effect)),
      ];
    case 'explicit':
      return [
        field('budget', `${bytesText(budget.requested)}, from the ${budget.source}`),
        field('applied', fails ? NOTHING : effectText(budget.effect)),
      ];
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

function findingLine({ level, clause, message }: Finding): VisibleText {
  return visible`  ${level}${clause === null ? '' : ` ${clause}`}: ${briefly(message)}`;
}

function bytesText(size: bigint): string {
  return `${String(size).replace(/\B(?=(?:\d{3})+$)/g, ',')} bytes`;
}

/** A name of a program, quoted, so that its ends are seen. */
function nameText(name: string): VisibleText {
  return briefly(JSON.stringify(name), LONGEST_NAME);
}

function field(label: string, text: string): VisibleText {
  return visible`    ${label.padEnd(LABEL_WIDTH)}${text}`;
}
