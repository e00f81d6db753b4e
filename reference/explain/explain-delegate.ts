import type { DelegateFile } from '../program/program-file.js';
import type { ProgramFault, Readable } from '../program/program-fault.js';
import type { ReadingWork } from '../program/reading-work.js';
import { BUDGET_KEY } from '../rules/budget-key.js';
import { cText } from '../rules/c-string.js';
import type { DeliveredOption } from '../rules/delivered-option.js';
import type { CompileSpec } from '../rules/find-spec.js';
import type { AutomaticContext } from './automatic-context.js';
import { explainBudget } from './explain-budget.js';
import { NO_BLOB, type ExplainedBlobs } from './explained-blobs.js';
import { isForeign, type DelegateEnd } from './explain-load.js';
import type { CompileSpecFacts, DelegateExplanation } from './explanation.js';
import { asWarning, error, note, type Finding } from './finding.js';
import { judgeCalls, type DelegateCalls } from './judge-calls.js';
import { judgeDelegate } from './judge-delegate.js';
import { settle } from './settle.js';

/** What delegates are explained with. */
export interface DelegateContext extends AutomaticContext {
  readonly data: ExplainedBlobs;
  readonly work: ReadingWork;
}

/** Units of work that each byte of a compile spec takes. */
const VALUE_WORK = 4;

/** What can be told of one delegate, of which a load ends as given, and that is called so. */
export function explainDelegate(
  delegate: DelegateFile,
  options: readonly DeliveredOption[],
  end: DelegateEnd,
  { calls, ...known }: DelegateContext & { readonly calls: DelegateCalls },
): DelegateExplanation {
  const { backend, data, compileSpecs, placement } = delegate;
  const faults: Finding[] = [backend, data, compileSpecs].flatMap(faultOf);
  const specs = compileSpecs.ok ? compileSpecs.value : [];
  for (const { value } of specs) known.work.take(VALUE_WORK * value.length);
  const common = {
    backend: backend.ok ? backend.value : null,
    placement,
    dataBytes: data.ok ? data.value.size : null,
    compileSpecs: specs.map(specFacts),
  };
  if (isForeign(delegate)) {
    const other = note(
      'WSB-PROG-08',
      `the delegate belongs to another backend; a host without it does not load the method`,
    );
    return { ...common, blob: null, budget: null, findings: settled([...faults, other], end) };
  }
  const engine = data.ok ? known.data.of(data.value) : NO_BLOB;
  const { budget, findings } = explainBudget(options, specs, engine.plan, { ...known, end });
  const judged = [
    ...judgeDelegate(specs, engine),
    ...(engine.blob === null ? [] : judgeCalls(calls, engine.blob, engine.plan)),
  ];
  return {
    ...common,
    blob: engine.facts,
    budget: end.kind === 'untouched' ? { kind: 'untouched' } : budget,
    findings: settled([...faults, ...engine.findings, ...findings, ...judged], end),
  };
}

/** Findings as a load that ends so has them. */
function settled(findings: readonly Finding[], end: DelegateEnd): readonly Finding[] {
  switch (end.kind) {
    case 'loads':
      return settle(findings, null);
    case 'fails':
      return settle(findings, end.failure);
    case 'untouched':
      return [note('WSB-MULTI-05', `the delegate is not touched: ${end.before}`), ...findings.map(asWarning)];
  }
}

function specFacts({ key, value }: CompileSpec): CompileSpecFacts {
  return { key, value, isBudget: cText(key) === BUDGET_KEY };
}

function faultOf(read: Readable<unknown>): Finding[] {
  return read.ok ? [] : [faultFinding(read.fault)];
}

/** A fault of the file as a finding. */
export function faultFinding(fault: ProgramFault): Finding {
  return fault.error === null
    ? error(fault.clause, `${fault.message}: loading it can crash the process`)
    : error(fault.clause, `${fault.message} (${fault.error})`);
}
