import { readProgram } from '../../reference/index.js';
import type { ExportAnswer } from '../../reference/exporter/export-answer.js';
import { warnsOfBudget } from '../../reference/exporter/export-answer.js';
import { EXECUTORCH_FORMAT, type ExportRequest } from '../../reference/exporter/export-request.js';
import { isTarget } from '../../reference/exporter/target-device.js';
import { BUDGET_KEY, type CompileSpec, quoteBytes } from '../../reference/index.js';
import { cText } from '../../reference/rules/c-string.js';
import { brokenClauses } from '../cases/broken-clauses.js';
import { blobText, budgetOf, type WrittenDelegate, writtenDelegates } from '../model/written-delegates.js';

/** What an answer of an exporter comes to, fact by fact: where, and what is there. */
export type ExportFacts = ReadonlyMap<string, string>;

const NONE = 'none';

/**
 * What an answer comes to: whether it exported, whether it warned, and of the program its methods,
 * each delegate, and the clauses about programs that it breaks.
 */
export function exportFacts(request: ExportRequest, answer: ExportAnswer): ExportFacts {
  if (answer.kind === 'refused') return new Map([['answer', `refused with ${answer.error}`]]);
  const facts = new Map([
    ['answer', 'exported'],
    ['warning', warnsOfBudget(answer) ? 'about the budget' : NONE],
  ]);
  if (request.format !== EXECUTORCH_FORMAT) return facts;
  const { program } = answer;
  const delegates = program === null ? null : writtenDelegates(program);
  if (program === null || delegates === null) {
    return facts.set('program', program === null ? NONE : 'cannot be read');
  }
  facts.set('program', 'readable').set('methods', methodsText(program, delegates));
  const broken = brokenClauses(program) ?? [];
  facts.set('clauses', broken.length === 0 ? NONE : broken.join(', '));
  const places = new Map<string, number>();
  for (const delegate of delegates) {
    const at = places.get(delegate.method) ?? 0;
    places.set(delegate.method, at + 1);
    addDelegate(facts, request, delegate, at);
  }
  return facts;
}

/** Where a delegate stands, as paths of facts and differences name it. */
export function placeOf(method: string, at: number): string {
  return `methods[${JSON.stringify(method)}].delegates[${at}]`;
}

function methodsText(program: Uint8Array, delegates: readonly WrittenDelegate[]): string {
  const read = readProgram(program);
  const names = read.ok ? read.program.methods.map(({ name }) => name) : [];
  const counts = names.map(
    (name) => `${JSON.stringify(name)} with ${delegates.filter(({ method }) => method === name).length}`,
  );
  return counts.sort().join(', ');
}

function addDelegate(
  facts: Map<string, string>,
  { compileSpecs, methods }: ExportRequest,
  { method, specs, blob }: WrittenDelegate,
  at: number,
): void {
  const place = placeOf(method, at);
  const asked = compileSpecs.filter((spec) => spec.method === null || spec.method === method);
  const engine = methods.find(({ name }) => name === method)?.engines[at];
  facts.set(`${place}.budget`, budgetOf(specs));
  facts.set(`${place}.specs`, missingText(asked, specs));
  facts.set(`${place}.target_device`, targetText(specs));
  facts.set(`${place}.blob`, blobText(blob));
  const plan = blob?.engine.read(0, blob.engine.size);
  const isSame = plan !== undefined && engine !== undefined && Buffer.compare(plan, engine.plan) === 0;
  facts.set(`${place}.plan`, isSame ? 'the one given' : 'another one');
}

/** Which of the compile specs of the user's are not there as they were given. */
function missingText(asked: readonly CompileSpec[], specs: readonly CompileSpec[]): string {
  const left = specs.map(specText);
  const missing = asked
    .filter((spec) => !isTarget(spec) && cText(spec.key) !== BUDGET_KEY)
    .map(specText)
    .filter((text) => {
      const place = left.indexOf(text);
      if (place < 0) return true;
      left.splice(place, 1);
      return false;
    });
  return missing.length === 0 ? 'all that were given' : `without ${missing.join(' and ')}`;
}

function specText({ key, value }: CompileSpec): string {
  return `${JSON.stringify(key)} = ${quoteBytes(value)}`;
}

function targetText(specs: readonly CompileSpec[]): string {
  const found = specs.filter(isTarget).map(({ value }) => quoteBytes(value));
  return found.length === 0 ? NONE : found.join(' and ');
}
