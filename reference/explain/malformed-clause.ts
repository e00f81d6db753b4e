import type { ParsedBudget } from '../rules/parse-budget.js';
import type { ClauseId } from '../outcome/clause-id.js';

const SIGNS = [0x2b, 0x2d];
const BLANKS = [0x20, 0x09, 0x0a, 0x0b, 0x0c, 0x0d];

/** The parsing clause by which bytes are no budget. */
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
