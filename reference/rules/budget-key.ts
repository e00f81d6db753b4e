/** The key of the load-time option and of the compile spec that carry a budget. */
export const BUDGET_KEY = 'weight_streaming_budget';
