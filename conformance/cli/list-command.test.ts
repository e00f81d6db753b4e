import { expect, it } from 'vitest';
import { main } from './main.js';

async function list(...argv: readonly string[]): Promise<string> {
  let text = '';
  const code = await main(['list', ...argv], {
    out: (part) => {
      text += part;
    },
    err: { write: () => true },
  });
  expect(code).toBe(0);
  return text;
}

it('lists the cases that judge a program beside those that load one', async () => {
  expect(await list('cases', '--filter', 'WSB-EXPORT-01/violation/spec="08192"')).toBe(
    'WSB-EXPORT-01/violation/spec="08192"\n    a leading zero: breaks the clause\n',
  );
  const json: unknown = JSON.parse(await list('cases', '--filter', 'WSB-EXPORT-01/control', '--json'));
  expect(json).toMatchObject([
    { clauses: ['WSB-EXPORT-01'], kind: 'control', states: 'keeps the clause', program: { methods: [{}] } },
    { title: 'no budget' },
    { kind: 'control', states: 'writes 8192', ask: { way: 'save', budget: { type: 'int', text: '8192' } } },
  ]);
});

it('counts them for their clauses', async () => {
  expect(await list('clauses', '--filter', 'WSB-EXPORT-0*')).toMatch(/^WSB-EXPORT-01 +MUST +24 cases {2}\S/);
});
