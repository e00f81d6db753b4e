/** The key of the budget, as option and as compile spec. */
export const BUDGET = 'weight_streaming_budget';

/** The id of the backend that the specification is about. */
export const BACKEND = 'TensorRTBackend';

/** The method that a program has unless a scenario names others. */
export const METHOD = 'forward';
