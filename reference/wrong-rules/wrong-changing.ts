import { judgeSetOption, SET_OPTION_RULES, type SetOptionRules } from '../rules/set-option-rules.js';

/**
 * What is wrong about `set_option` and `get_option`, by the name of the wrong implementation that
 * does so.
 */
export const WRONG_CHANGES: Readonly<Record<string, SetOptionRules>> = Object.fromEntries(
  Object.entries<Partial<SetOptionRules>>({
    // As the base class of a backend does.
    'set-option-taken-for-granted': { isThere: false },
    'set-malformed-ignored': { judge: lenient('WSB-SET-02') },
    'set-negative-ignored': { judge: lenient('WSB-SET-03') },
    'set-bool-ignored': { judge: lenient('WSB-SET-04') },
    'set-refusal-forgets': { keepsWhenRefused: false },
    'set-refuses-silently': { logs: false },
    'set-unknown-refused': { judge: refusingOthers },
    'set-without-clamp': { clamp: (budget) => budget },
    'set-first-engine-only': { reaches: (engine) => engine === 0 },
    'set-touches-resident': { sparesResident: false },
    'set-beside-context': { dropsContext: false },
    'set-equal-anyway': { skipsEqual: false },
    'set-refused-not-restored': { restoresAfter: (clause) => clause !== 'WSB-SET-12' },
    'set-without-context-not-restored': { restoresAfter: (clause) => clause !== 'WSB-SET-13' },
    'set-half-done': { restoresEarlier: false },
    'set-lost-engine-runs': { needsContext: false },
    'set-behind-compile-spec': { masksSpecs: false },
    'set-before-option': { beatsOption: true },
    'set-empty-ignored': { removes: false },
    'get-32-bits': {
      text: (budget) => (budget === null ? null : String(BigInt.asIntN(32, budget))),
    },
    'get-zero-when-unset': { text: (budget) => String(budget ?? 0n) },
  }).map(([name, wrong]) => [name, { ...SET_OPTION_RULES, ...wrong }]),
);

/** Takes what a clause refuses for nothing. */
function lenient(clause: string): typeof judgeSetOption {
  return (...given) => {
    const verdict = judgeSetOption(...given);
    return verdict.kind === 'rejected' && verdict.clause === clause ? { kind: 'nothing' } : verdict;
  };
}

/** Refuses a call that has no budget. */
function refusingOthers(...given: Parameters<typeof judgeSetOption>): ReturnType<typeof judgeSetOption> {
  const verdict = judgeSetOption(...given);
  const [options] = given;
  return verdict.kind === 'nothing' && options.length > 0
    ? { kind: 'rejected', clause: 'WSB-SET-07' }
    : verdict;
}
