import type { ClauseId } from '../outcome/clause-id.js';
import { BUDGET_KEY } from '../rules/budget-key.js';
import { type ExportRules, STANDARD_EXPORT_RULES } from './export-rules.js';
import type { BudgetType } from './export-request.js';
import { bytesInRange, type ReadBudget, readGivenBudget } from './read-given-budget.js';

/** An exporter that errs on purpose. */
export interface WrongExport {
  /** The clause that it breaks. */
  readonly clause: ClauseId;
  /** What it does, in a sentence. */
  readonly description: string;
  readonly rules: ExportRules;
}

/** Takes values of one more type by what their text is. */
function taking(...types: readonly BudgetType[]): ExportRules['readBudget'] {
  return (given) => {
    if (given === null || !types.includes(given.type)) return readGivenBudget(given);
    const bytes = bytesInRange(given.text === 'true' ? '1' : given.text === 'false' ? '0' : given.text);
    return bytes === null ? { kind: 'refused', error: 'ValueError' } : { kind: 'bytes', bytes };
  };
}

/** What is out of range is brought into it. */
const clamped: ExportRules['readBudget'] = (given) => {
  const read = readGivenBudget(given);
  if (read.kind !== 'refused' || read.error !== 'ValueError') return read;
  return { kind: 'bytes', bytes: given?.text.startsWith('-') === true ? 0n : 2n ** 63n - 1n };
};

const withoutZero: ExportRules['readBudget'] = (given): ReadBudget => {
  const read = readGivenBudget(given);
  return read.kind === 'bytes' && read.bytes === 0n ? { kind: 'none' } : read;
};

const zeroForNone: ExportRules['readBudget'] = (given): ReadBudget => {
  const read = readGivenBudget(given);
  return read.kind === 'none' && given !== null ? { kind: 'bytes', bytes: 0n } : read;
};

const BLANKS_AND_CASE = /^\s*weight_streaming_budget\s*$/i;

/** Exporters that err on purpose, by name: each breaks the clause that it names. */
export const WRONG_EXPORTS: Readonly<Record<string, WrongExport>> = {
  'accept-bool': wrong('WSB-EXPORT-10', 'A bool is taken for 0 or 1.', { readBudget: taking('bool') }),
  'accept-text': wrong('WSB-EXPORT-10', 'A text of digits is taken for its number.', {
    readBudget: taking('text', 'bytes'),
  }),
  'accept-numpy': wrong('WSB-EXPORT-11', 'Integers of numpy are taken, and what has an __index__.', {
    readBudget: taking('numpy.int64', 'numpy.uint64', 'index'),
  }),
  'clamp-to-range': wrong('WSB-EXPORT-12', 'What is out of range is brought into it.', {
    readBudget: clamped,
  }),
  'zero-for-none': wrong('WSB-EXPORT-13', 'None is written as a budget of 0.', { readBudget: zeroForNone }),
  'none-for-zero': wrong('WSB-EXPORT-14', 'A budget of 0 is taken for none.', { readBudget: withoutZero }),
  'first-engine-alone': wrong('WSB-EXPORT-03', 'Only the first engine of each method gets the budget.', {
    getsBudget: ({ engine }) => engine === 0,
  }),
  'first-method-alone': wrong('WSB-EXPORT-03', 'Only the first method gets the budget.', {
    getsBudget: ({ method }) => method === 0,
  }),
  'own-text': wrong('WSB-EXPORT-15', 'The text that an integer gives of itself is written.', {
    digits: (bytes, given) => given?.shown ?? String(bytes),
  }),
  'raw-key-without-budget': wrong('WSB-EXPORT-16', 'The raw key is rejected beside a budget alone.', {
    looksForKey: (_, hasBudget) => hasBudget,
  }),
  'key-behind-nul': wrong('WSB-EXPORT-17', 'Keys are compared with what stands behind a NUL.', {
    isBudgetKey: (key) => key === BUDGET_KEY,
  }),
  'partitioner-unchecked': wrong('WSB-EXPORT-18', 'The partitioner takes what it is given.', {
    looksForKey: (way) => way !== 'partitioner',
  }),
  'any-case-of-key': wrong('WSB-EXPORT-19', 'Keys of another case, or with blanks, are rejected, too.', {
    isBudgetKey: (key) => STANDARD_EXPORT_RULES.isBudgetKey(key) || BLANKS_AND_CASE.test(key),
  }),
  'silent-about-several': wrong('WSB-EXPORT-20', 'Several engines are not warned of.', {
    warns: () => false,
  }),
  'warns-by-method': wrong('WSB-EXPORT-21', 'Engines are counted in each method on its own.', {
    warns: (engines) => engines.some((count) => count > 1),
  }),
  'strict-in-other-formats': wrong('WSB-EXPORT-22', 'The value is looked at in other formats, too.', {
    inOtherFormats: readGivenBudget,
  }),
  'any-target-device': wrong('WSB-EXPORT-23', 'A target device is written as it is given.', {
    takesTargets: () => true,
  }),
  'target-device-zero': wrong('WSB-EXPORT-05', 'Every engine is said to be for cuda:0.', {
    targetDevice: () => 'cuda:0',
  }),
  'aliases-lost': wrong('WSB-EXPORT-24', 'Aliases are left out of the blob.', {
    described: (engine) => ({ ...engine, aliases: [] }),
  }),
};

function wrong(clause: ClauseId, description: string, rules: Partial<ExportRules>): WrongExport {
  return { clause, description, rules: { ...STANDARD_EXPORT_RULES, ...rules } };
}
