import { buildOptionsMap, optionsFor, type BuiltOptionsMap } from '../rules/options-map.js';
import type { ClauseId } from '../outcome/clause-id.js';
import type { KeptOptions } from '../delegate/init-input.js';
import type { StepOutcome, StepPhase } from '../outcome/outcome.js';
import type { ProgramFile } from '../program/program-file.js';
import { findMethod } from '../program/read-program.js';
import type { OptionsMap, Step } from '../request/load-request.js';
import type { HostContext } from './host-profile.js';
import { BACKEND_ID, LoadedMethod, type LoadOptions } from './loaded-method.js';
import { raiseLogged, type Failure } from './raise.js';

/**
 * A host that carries out the steps of a request: through `Program::load_method`, or through a
 * `Module` that has options of its own.
 */
export class Host {
  readonly #program: ProgramFile;
  /** Null without a module. */
  readonly #moduleOptions: BuiltOptionsMap | null;
  readonly #context: HostContext;
  /** In the order of loading. */
  readonly #methods = new Map<string, LoadedMethod>();
  /** Methods that were loaded before, whatever became of them. */
  readonly #known = new Set<string>();
  readonly #kept: KeptOptions = { loads: [] };
  /** Why something was logged in this step; null when nothing was. */
  #warned: ClauseId | null = null;

  constructor(
    program: ProgramFile,
    moduleOptions: BuiltOptionsMap | null,
    context: Omit<HostContext, 'warn'>,
  ) {
    this.#program = program;
    this.#moduleOptions = moduleOptions;
    this.#context = {
      ...context,
      warn: (because) => {
        this.#warned ??= because;
      },
    };
  }

  /** The clause by which the last step wrote an Error-level record about the budget, or did not. */
  get logClause(): ClauseId {
    return this.#warned ?? 'WSB-FAIL-10';
  }

  /** Carries out one step. */
  carryOut(step: Step): StepOutcome {
    this.#warned = null;
    switch (step.op) {
      case 'load':
        return this.#load(step.method, step.options);
      case 'execute':
        return this.#execute(step.method);
      case 'unload':
        this.#unload(step.method);
        return this.#ended('WSB-METHOD-08');
    }
  }

  /** Destroys the methods that are still loaded, the last one first. */
  end(): void {
    for (const name of [...this.#methods.keys()].reverse()) this.#unload(name);
  }

  #load(name: string, given: OptionsMap | null): StepOutcome {
    const options = given === null ? this.#moduleOptions : buildOptionsMap(given);
    // No engine is touched.
    if (given !== null && options === null)
      return this.#failed('options', { error: 'InvalidArgument', clause: 'WSB-OPT-16' });
    if (this.#methods.has(name)) {
      // Without a module each load makes a new method, and the host keeps one of each name.
      if (this.#moduleOptions !== null) return this.#ended('WSB-METHOD-06');
      this.#unload(name);
    }
    const found = findMethod(this.#program, name);
    if (!found.ok) return this.#failed('load', raiseLogged(found.fault, this.#context.warn));
    const reaching = this.#optionsOf(name, given, options);
    const loaded = LoadedMethod.load(found.value, reaching, this.#context);
    this.#known.add(name);
    if (!loaded.ok) return this.#failed('load', loaded.failure);
    this.#methods.set(name, loaded.method);
    return this.#ended(this.#context.tensorRt.trace?.kept.at(-1) ?? 'WSB-PROG-12');
  }

  /** The options that reach the delegates of a load, and the clauses by which no others do. */
  #optionsOf(name: string, given: OptionsMap | null, options: BuiltOptionsMap | null): LoadOptions {
    const module = [...(this.#moduleOptions?.values() ?? [])].flat().length > 0;
    const foreign = [...(options?.keys() ?? [])].some((backend) => backend !== BACKEND_ID);
    const because: readonly (ClauseId | false)[] = [
      foreign && 'WSB-OPT-10',
      module && (given === null ? 'WSB-METHOD-03' : given.length === 0 ? 'WSB-METHOD-05' : 'WSB-METHOD-04'),
      this.#known.size > 0 && 'WSB-METHOD-07',
    ];
    return {
      options: [...optionsFor(options, BACKEND_ID)],
      kept: this.#kept,
      because: because.filter((clause) => clause !== false),
    };
  }

  #execute(name: string): StepOutcome {
    const method = this.#methods.get(name);
    const failure: Failure | null =
      method === undefined ? { error: 'InvalidState', clause: 'WSB-LIFE-10' } : method.execute();
    return failure === null
      ? this.#ended(method?.executionClause ?? 'WSB-LIFE-10')
      : this.#failed('execute', failure);
  }

  #unload(name: string): void {
    this.#methods.get(name)?.destroy();
    this.#methods.delete(name);
  }

  #ended(because: ClauseId): StepOutcome {
    this.#note('WSB-METHOD-01', because);
    return { kind: 'ok', warned: this.#warned !== null };
  }

  #failed(phase: StepPhase, { error, clause }: Failure): StepOutcome {
    this.#note(clause, clause);
    return { kind: 'rejected', phase, error, warned: this.#warned !== null };
  }

  /** Notes why the step touched no further engine, and why it ended as it did. */
  #note(noFurther: ClauseId, end: ClauseId): void {
    const { trace, step } = this.#context.tensorRt;
    if (trace === null) return;
    trace.note({ kind: 'no-engine', step }, [noFurther]);
    trace.note({ kind: 'step', step }, [end]);
    trace.kept = [];
  }
}
