import { buildOptionsMap, type BuiltOptionsMap } from '../rules/options-map.js';
import type { FailureName } from '../outcome/error-code.js';
import type { StepOutcome, StepPhase } from '../outcome/outcome.js';
import type { ProgramFile } from '../program/program-file.js';
import { findMethod } from '../program/read-program.js';
import type { OptionsMap, Step } from '../request/load-request.js';
import type { HostContext } from './host-profile.js';
import { LoadedMethod } from './loaded-method.js';
import { raise } from './raise.js';

/**
 * A host that carries out the steps of a request: through `Program::load_method`, or through a `Module` that has options of its own.
 */
export class Host {
  readonly #program: ProgramFile;
  /** Null without a module. */
  readonly #moduleOptions: BuiltOptionsMap | null;
  readonly #context: HostContext;
  /** In the order of loading. */
  readonly #methods = new Map<string, LoadedMethod>();
  #warned = false;

  constructor(
    program: ProgramFile,
    moduleOptions: BuiltOptionsMap | null,
    context: Omit<HostContext, 'warn'>,
  ) {
    this.#program = program;
    this.#moduleOptions = moduleOptions;
    this.#context = {
      ...context,
      warn: () => {
        this.#warned = true;
      },
    };
  }

  /** Carries out one step. */
  carryOut(step: Step): StepOutcome {
    this.#warned = false;
    switch (step.op) {
      case 'load':
        return this.#load(step.method, step.options);
      case 'execute':
        return this.#execute(step.method);
      case 'unload':
        this.#unload(step.method);
        return this.#outcome('load', null);
    }
  }

  /** Destroys the methods that are still loaded, the last one first. */
  end(): void {
    for (const name of [...this.#methods.keys()].reverse()) this.#unload(name);
  }

  #load(name: string, given: OptionsMap | null): StepOutcome {
    const options = given === null ? this.#moduleOptions : buildOptionsMap(given);
    // WSB-OPT-15, WSB-OPT-16, WSB-OPT-18: no engine is touched.
    if (given !== null && options === null) return this.#outcome('options', 'InvalidArgument');
    if (this.#methods.has(name)) {
      // WSB-METHOD-06; without a module each load makes a new method, and the host keeps one of each name.
      if (this.#moduleOptions !== null) return this.#outcome('load', null);
      this.#unload(name);
    }
    const found = findMethod(this.#program, name);
    if (!found.ok) return this.#outcome('load', raise(found.fault));
    const loaded = LoadedMethod.load(found.value, options, this.#context);
    if (!loaded.ok) return this.#outcome('load', loaded.error);
    this.#methods.set(name, loaded.method);
    return this.#outcome('load', null);
  }

  #execute(name: string): StepOutcome {
    const method = this.#methods.get(name);
    return this.#outcome('execute', method === undefined ? 'InvalidState' : method.execute());
  }

  #unload(name: string): void {
    this.#methods.get(name)?.destroy();
    this.#methods.delete(name);
  }

  #outcome(phase: StepPhase, error: FailureName | null): StepOutcome {
    return error === null
      ? { kind: 'ok', warned: this.#warned }
      : { kind: 'rejected', phase, error, warned: this.#warned };
  }
}
