import { encodePlan, type Plan, type PlanBinding } from '../../../reference/index.js';
import { UnfitJsonError } from './unfit-json-error.js';

/** A scripted plan in JSON (spec/schemas/request.schema.json): every int64 is a decimal string. */
export interface PlanJson extends Omit<Plan, SizeKey | 'bindings'>, Readonly<Record<SizeKey, string>> {
  readonly bindings: readonly BindingJson[];
}

type SizeKey = 'streamable' | 'automatic' | 'scratch' | 'activations';

interface BindingJson extends Omit<PlanBinding, 'shape' | 'profile'> {
  readonly shape: readonly string[];
  readonly profile: { readonly min: readonly string[]; readonly max: readonly string[] } | null;
}

/** The JSON form of a plan. */
export function planToJson(plan: Plan): PlanJson {
  return {
    ...plan,
    streamable: String(plan.streamable),
    automatic: String(plan.automatic),
    scratch: String(plan.scratch),
    activations: String(plan.activations),
    bindings: plan.bindings.map((binding) => ({
      ...binding,
      shape: binding.shape.map(String),
      profile:
        binding.profile === null
          ? null
          : { min: binding.profile.min.map(String), max: binding.profile.max.map(String) },
    })),
  };
}

/**
 * The plan that a JSON form stands for. The form has been checked against its schema.
 *
 * @throws UnfitJsonError when no plan can hold it, for what no schema says: how long names are as
 * bytes, and that bounds have the rank of their shape.
 */
export function planFromJson(json: PlanJson): Plan {
  const plan: Plan = {
    ...json,
    streamable: BigInt(json.streamable),
    automatic: BigInt(json.automatic),
    scratch: BigInt(json.scratch),
    activations: BigInt(json.activations),
    bindings: json.bindings.map((binding) => ({
      ...binding,
      shape: binding.shape.map(BigInt),
      profile:
        binding.profile === null
          ? null
          : { min: binding.profile.min.map(BigInt), max: binding.profile.max.map(BigInt) },
    })),
  };
  try {
    encodePlan(plan);
  } catch (cause) {
    if (cause instanceof RangeError) throw new UnfitJsonError(cause.message, { cause });
    throw cause;
  }
  return plan;
}
