/** The calls of `nvinfer1::ICudaEngine` that the budget rules make. All sizes are bytes. */
export interface BudgetEngine {
  getStreamableWeightsSize(): bigint;
  getWeightStreamingAutomaticBudget(): bigint;
  setWeightStreamingBudgetV2(budget: bigint): boolean;
}
