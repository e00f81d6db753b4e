import type { ClauseId } from '../outcome/clause-id.js';
import type { ParsedBudget } from './parse-budget.js';

const ZERO = 0x30;
const SIGNS = [0x2b, 0x2d];
const BLANKS = [0x20, 0x09, 0x0a, 0x0b, 0x0c, 0x0d];
/** Budgets from here on do not fit into a signed 32-bit integer. */
const WIDE = 2n ** 31n;

/** The parsing clause by which bytes are not a budget. */
export function malformedClause(bytes: Uint8Array, parsed: Extract<ParsedBudget, { ok: false }>): ClauseId {
  switch (parsed.fault) {
    case 'null':
    case 'empty':
      return 'WSB-PARSE-05';
    case 'too-large':
      return 'WSB-PARSE-06';
    case 'not-a-digit': {
      const byte = Number(bytes[parsed.at]);
      if (SIGNS.includes(byte)) return 'WSB-PARSE-03';
      if (BLANKS.includes(byte)) return 'WSB-PARSE-04';
      return byte === 0 ? 'WSB-PARSE-08' : 'WSB-PARSE-07';
    }
  }
}

/** The parsing clauses that decide what bytes are; none for a plain small number. */
export function parsingClauses(bytes: Uint8Array, parsed: ParsedBudget): readonly ClauseId[] {
  if (!parsed.ok) return [malformedClause(bytes, parsed)];
  return [
    ...(bytes.length > 1 && bytes[0] === ZERO ? (['WSB-PARSE-02'] as const) : []),
    ...(parsed.budget >= WIDE ? (['WSB-PARSE-01'] as const) : []),
  ];
}
