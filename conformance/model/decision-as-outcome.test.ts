import { expect, it } from 'vitest';
import { decide, type DecisionCase } from '../../reference/rules/decide.js';
import { comparedDecisions, decisionAsOutcome } from './decision-as-outcome.js';
import { outcomeLines } from './outcome-lines.js';

const GIVEN: DecisionCase = {
  options: [],
  engines: [{ streamable: 1024n, automatic: 512n, setAnswers: Array<boolean>(8).fill(true), specs: [] }],
};

it('shows the automatic budget that the case has', () => {
  const shown = 'engine 0: 512 from the automatic (automatic 512, set 512)';
  const decided = decide(GIVEN);
  expect(outcomeLines(decisionAsOutcome(decided, GIVEN))).toContain(shown);
  for (const one of comparedDecisions([decided, decided], GIVEN)) expect(outcomeLines(one)).toContain(shown);
});
