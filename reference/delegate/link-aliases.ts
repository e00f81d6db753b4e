import type { BlobAlias } from '../blob/blob-metadata.js';
import type { SimulatedEngine } from '../engine/simulated-engine.js';
import type { ClauseId } from '../outcome/clause-id.js';
import { judgeAlias, type LinkedAlias } from '../rules/judge-alias.js';
import type { Rules } from '../rules/rules.js';
import type { EngineHandle } from './engine-handle.js';
import { initFault, type InitFault } from './init-fault.js';

/** Notes which inputs are written over by an output, as the blob says and the engine agrees. */
export function linkAliases(
  handle: EngineHandle,
  engine: SimulatedEngine,
  given: readonly BlobAlias[],
  rules: Rules,
): InitFault | null {
  const earlier: LinkedAlias[] = [];
  for (const { kind, ...named } of given) {
    const output = handle.names.outputs.find((name) => rules.isBindingName(named.output, name));
    const input = handle.names.inputs.find((name) => rules.isBindingName(named.input, name));
    if (output === undefined || input === undefined) return initFault('link-aliases', 'WSB-BLOB-14');
    const alias = { kind, output, input };
    const typeOf = (name: string): number => engine.getTensorDataType(name);
    const linked = { output, input, outputType: typeOf(output), inputType: typeOf(input) };
    const clause = brokenClause(engine, alias) ?? judgeAlias(linked, earlier, rules);
    if (clause !== null) return initFault('link-aliases', clause);
    earlier.push(linked);
    handle.aliasedInputs.add(alias.input);
    handle.aliasedOutputs.set(alias.output, alias.input);
  }
  return rules.namesAllAliases && handle.names.outputs.some((name) => isLeftOut(name, engine, earlier))
    ? initFault('link-aliases', 'WSB-BLOB-27')
    : null;
}

/** Whether the engine writes an output over an input that no alias of the metadata gives it. */
function isLeftOut(name: string, engine: SimulatedEngine, linked: readonly LinkedAlias[]): boolean {
  const aliases = engine.binding(name)?.aliases ?? null;
  return aliases !== null && !linked.some(({ output, input }) => output === name && input === aliases);
}

/** The clause that an alias breaks; null when the engine agrees with it. */
function brokenClause(engine: SimulatedEngine, { output, input, kind }: BlobAlias): ClauseId | null {
  switch (kind) {
    case 'kv_cache_update':
      // The engine knows these aliases itself.
      return engine.binding(output)?.aliases === input ? null : 'WSB-BLOB-16';
    case 'user':
      return sameShape(engine.binding(output)?.shape, engine.binding(input)?.shape) ? null : 'WSB-BLOB-17';
    default:
      return 'WSB-BLOB-15';
  }
}

/** Two tensors that the engine does not have are of the same, unknown, shape. */
function sameShape(a: readonly bigint[] | undefined, b: readonly bigint[] | undefined): boolean {
  return a?.length === b?.length && (a ?? []).every((size, d) => size === b?.[d]);
}
