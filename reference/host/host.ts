import { buildOptions } from '../rules/build-options.js';
import { cText } from '../rules/c-string.js';
import type { ChoiceTrace } from '../rules/choice-trace.js';
import { buildOptionsMap, optionsFor, type BuiltOptionsMap } from '../rules/options-map.js';
import type { ClauseId } from '../outcome/clause-id.js';
import type { EngineHandle } from '../delegate/engine-handle.js';
import type { KeptOptions } from '../delegate/init-input.js';
import { getOption, setOption, type OptionEnd } from '../delegate/set-option.js';
import type { GivenValue, StepOutcome, StepPhase } from '../outcome/outcome.js';
import type { ProgramFile } from '../program/program-file.js';
import { findMethod } from '../program/read-program.js';
import type { OptionsMap, Step } from '../request/load-request.js';
import type { HostContext } from './host-profile.js';
import { BACKEND_ID, LoadedMethod, type LoadOptions } from './loaded-method.js';
import { raiseLogged, type Failure } from './raise.js';

/** How a host loads methods. */
export interface HostApi {
  /** Null without a module. */
  readonly moduleOptions: BuiltOptionsMap | null;
  /** Whether a load leaves the one before of the same method alone. */
  readonly keepsAll: boolean;
}

/**
 * A host that carries out the steps of a request: through `Program::load_method`, or through a
 * `Module` that has options of its own.
 */
export class Host {
  readonly #program: ProgramFile;
  /** Null without a module. */
  readonly #moduleOptions: BuiltOptionsMap | null;
  readonly #context: HostContext;
  /** Whether a load leaves the one before of the same method alone. */
  readonly #keepsAll: boolean;
  /** In the order of loading. */
  readonly #methods: { readonly name: string; readonly method: LoadedMethod }[] = [];
  /** Methods that were loaded before, whatever became of them. */
  readonly #known = new Set<string>();
  readonly #kept: KeptOptions = { loads: [] };
  /** Why something was logged in this step; null when nothing was. */
  #warned: ClauseId | null = null;

  constructor(
    program: ProgramFile,
    { moduleOptions, keepsAll }: HostApi,
    context: Omit<HostContext, 'warn' | 'process'>,
  ) {
    this.#program = program;
    this.#moduleOptions = moduleOptions;
    this.#keepsAll = keepsAll;
    this.#context = {
      ...context,
      process: { budget: null },
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
      case 'set-option': {
        const options = buildOptions(step.options);
        if (options === null)
          return this.#failed('options', { error: 'InvalidArgument', clause: 'WSB-OPT-16' });
        const live = this.#methods.flatMap(({ method }) => method.handles);
        return this.#answered(
          'set-option',
          step.options.backend,
          () => setOption(options, live, this.#context),
          live,
        );
      }
      case 'get-option':
        return this.#answered('get-option', step.backend, () => getOption(step.key, this.#context));
    }
  }

  /** Destroys the methods that are still loaded, the last one first. */
  end(): void {
    for (const { method } of this.#methods.reverse()) method.destroy();
    this.#methods.length = 0;
  }

  #load(name: string, given: OptionsMap | null): StepOutcome {
    const options = given === null ? this.#moduleOptions : buildOptionsMap(given);
    // No engine is touched.
    if (given !== null && options === null)
      return this.#failed('options', { error: 'InvalidArgument', clause: 'WSB-OPT-16' });
    if (!this.#keepsAll && this.#find(name) !== undefined) {
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
    this.#methods.push({ name, method: loaded.method });
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
    const method = this.#find(name)?.method;
    const failure: Failure | null =
      method === undefined ? { error: 'InvalidState', clause: 'WSB-LIFE-10' } : method.execute();
    return failure === null
      ? this.#ended(method?.executionClause ?? 'WSB-LIFE-10')
      : this.#failed('execute', failure);
  }

  #unload(name: string): void {
    const loaded = this.#find(name);
    if (loaded === undefined) return;
    loaded.method.destroy();
    this.#methods.splice(this.#methods.indexOf(loaded), 1);
  }

  /** The method of that name, of several the one loaded last. */
  #find(name: string): { readonly name: string; readonly method: LoadedMethod } | undefined {
    return this.#methods.findLast((each) => each.name === name);
  }

  /** What a backend answers to `set_option` or `get_option`; ExecuTorch, where there is none. */
  #answered(
    phase: StepPhase,
    backend: string,
    ask: () => OptionEnd,
    live: readonly EngineHandle[] = [],
  ): StepOutcome {
    if (cText(backend) !== BACKEND_ID)
      return this.#failed(phase, { error: 'NotFound', clause: 'WSB-PROG-08' });
    const { error, clause, value, keeps, choice } = ask();
    const ended =
      error === null ? this.#ended(clause, value) : this.#failed(phase, { error, clause }, choice);
    // Behind how the step ended: that an engine changes although it is refused follows from that.
    for (const { engine } of live) {
      if (keeps !== undefined) engine?.trace?.noCall(keeps);
      if (engine?.record.source !== 'set-option') engine?.trace?.sourceStays(keeps ?? clause);
    }
    return ended;
  }

  #ended(because: ClauseId, value?: GivenValue): StepOutcome {
    this.#note('WSB-METHOD-01', because);
    return { kind: 'ok', warned: this.#warned !== null, ...(value === undefined ? {} : { value }) };
  }

  #failed(phase: StepPhase, { error, clause }: Failure, choice?: ChoiceTrace): StepOutcome {
    this.#note(clause, clause, choice);
    return { kind: 'rejected', phase, error, warned: this.#warned !== null };
  }

  /** Notes why the step touched no further engine, and why it ended as it did. */
  #note(noFurther: ClauseId, end: ClauseId, choice: ChoiceTrace | null = null): void {
    const { trace, step } = this.#context.tensorRt;
    if (trace === null) return;
    trace.note({ kind: 'no-engine', step }, [noFurther]);
    trace.note({ kind: 'step', step }, [end], choice);
    trace.kept = [];
  }
}
