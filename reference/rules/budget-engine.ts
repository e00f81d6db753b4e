import type { ClauseId } from '../outcome/clause-id.js';

/**
 * The calls of `nvinfer1::ICudaEngine` that the budget rules make. All sizes are bytes. `because`
 * is the clause by which a call is made and none other in its place.
 */
export interface BudgetEngine {
  getStreamableWeightsSize(): bigint;
  getWeightStreamingAutomaticBudget(because?: ClauseId): bigint;
  setWeightStreamingBudgetV2(budget: bigint, because?: ClauseId): boolean;
}
