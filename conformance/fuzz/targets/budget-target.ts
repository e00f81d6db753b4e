import { parseBudget } from '../../../reference/index.js';
import { bytesOf } from '../../model/text.js';
import type { ReaderTarget } from './reader-target.js';

/** The text of a budget. */
export const BUDGET_TARGET: ReaderTarget = {
  name: 'budget',
  what: 'the text of a budget',
  read: (input) => {
    const parsed = parseBudget(input);
    return parsed.ok ? parsed.budget.toString() : `${parsed.fault} at ${parsed.at}`;
  },
  twin: 'equal',
  seeds: () =>
    ['0', '8589934592', '9223372036854775807', '9223372036854775808', '+5', '1e3', ' 7'].map(bytesOf),
};
