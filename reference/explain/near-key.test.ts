import { describe, expect, it } from 'vitest';
import { isNearKey } from './near-key.js';

describe('isNearKey', () => {
  it.each([
    'weight_streaming_budget_per_engine',
    'weight_streaming_budgets',
    'Weight_Streaming_Budget',
    'WEIGHT_STREAMING_BUDGET',
    'weight-streaming-budget',
    'weightStreamingBudget',
    ' weight_streaming_budget',
    'weight_streaming_budget_bytes',
    'weight_streaming_bugdet',
    'weight_steaming_budget',
    '\u{feff}weight_streaming_budget',
  ])('knows what is meant by %j', (key) => {
    expect(isNearKey(key)).toBe(true);
  });

  it.each([
    ['the key itself', 'weight_streaming_budget'],
    ['the key, as a C string', 'weight_streaming_budget\0x'],
    ['another key', 'target_device'],
    ['none', ''],
    ['a part of it', 'weight_streaming'],
    ['something longer', 'weight_streaming_budget_policy'],
    ['a key of a megabyte', 'weight_streaming_budget'.repeat(45_000)],
  ])('takes %s for what it is', (_, key) => {
    expect(isNearKey(key)).toBe(false);
  });
});
