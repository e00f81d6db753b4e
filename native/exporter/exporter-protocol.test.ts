import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { BUDGET_TYPES, type GivenBudget } from '../../reference/exporter/export-request.js';
import { suiteRoot } from '../../conformance/suite-root.js';

const folder = join(suiteRoot(), 'native/exporter');

/** An exporter that raises what it is given, with its type and what it is as an integer. */
const SCRIPT = `
import logging, sys
sys.path.insert(0, ${JSON.stringify(folder)})
from exporter_protocol import budget_of, serve

def exporter(request):
    value = budget_of(request["budget"])
    logging.getLogger("deep.down").warning("weight_streaming_budget %s", 1)
    raise ValueError(f"{type(value).__name__} {isinstance(value, int)} {value}")

serve(sys.stdout, "echo", {}, {"validate"}, exporter)
`;

async function answers(budgets: readonly GivenBudget[]): Promise<readonly Record<string, unknown>[]> {
  const messages = [
    { message: 'hello' },
    ...budgets.map((budget, at) => ({ message: 'export', seq: at + 1, request: { budget } })),
    { message: 'stop' },
  ];
  const { stdout } = await execa('python3', ['-I', '-B', '-c', SCRIPT], {
    input: messages.map((each) => `${JSON.stringify(each)}\n`).join(''),
  });
  return stdout.split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('what exporters in Python share', () => {
  it('makes each value with its type, and tells errors and warnings', async () => {
    const digits = '7'.repeat(5001);
    const [hello, ...told] = await answers([
      { type: 'none', text: '' },
      { type: 'int', text: '-8192' },
      { type: 'int-subclass', text: '77', shown: 'many' },
      { type: 'int-enum', text: '77' },
      { type: 'bool', text: 'true' },
      { type: 'float', text: 'nan' },
      { type: 'text', text: '5' },
      { type: 'bytes', text: '5' },
      { type: 'list', text: '5' },
      { type: 'int', text: digits },
    ]);
    expect(hello).toMatchObject({ name: 'echo', capabilities: { validate: true, blob: false } });
    expect(told.slice(0, -1).map(({ error, text }) => [error, text])).toEqual([
      ['ValueError', 'ValueError: NoneType False None'],
      ['ValueError', 'ValueError: int True -8192'],
      ['ValueError', 'ValueError: Budget True many'],
      ['ValueError', expect.stringMatching(/^ValueError: Budget True (?:Budget\.A|77)$/)],
      ['ValueError', 'ValueError: bool True True'],
      ['ValueError', 'ValueError: float False nan'],
      ['ValueError', 'ValueError: str False 5'],
      ['ValueError', "ValueError: bytes False b'5'"],
      ['ValueError', 'ValueError: list False [5]'],
    ]);
    // Python itself does not write so many digits.
    expect(told.at(-1)).toMatchObject({ error: 'ValueError', warnings: ['weight_streaming_budget 1'] });
  });

  it('has a value for every type, or says that it has none', async () => {
    const texts = { bool: 'true', 'numpy.bool': 'true', float: '0.5', none: '', object: '' };
    const given = BUDGET_TYPES.map((type): GivenBudget => ({
      type,
      text: (texts as Record<string, string>)[type] ?? '5',
    }));
    const [, ...told] = await answers(given);
    expect(told.map(({ message }) => message)).not.toContain('failure');
    const refused = told.filter(({ message }) => message === 'refused');
    expect(refused.length).toBeGreaterThanOrEqual(BUDGET_TYPES.length - 3);
    expect(refused.every(({ error }) => error === 'ValueError')).toBe(true);
  });
});
