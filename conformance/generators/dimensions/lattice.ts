import type { DecisionEngine } from '../../../reference/rules/decide.js';
import type { DeliveredOption } from '../../../reference/rules/delivered-option.js';
import type { CompileSpec } from '../../../reference/rules/find-spec.js';
import { BUDGET } from '../../model/names.js';
import {
  ACCEPTS,
  engine,
  type LazyCase,
  MOST,
  option,
  pairs,
  range,
  REFUSES,
  REFUSES_ONE,
  spec,
  text,
} from './decision-parts.js';
import { VALUES } from './option-lists.js';

const SPECS: readonly (readonly CompileSpec[])[] = [
  [],
  [spec('300')],
  [spec('0')],
  [spec('5000')],
  [spec('')],
  [spec('3x')],
  [spec(String(MOST + 1n))],
  [spec('3'), spec('3')],
  [spec('3'), spec('x')],
  [spec('1', 'target_device'), spec('3'), spec('2', 'x')],
  [spec('3', `${BUDGET}\0tail`)],
  [spec('9', 'x')],
];

const OPTIONS: readonly (readonly DeliveredOption[])[] = [
  [],
  [option(text('1'), 'other')],
  ...VALUES.map((value) => [option(value)]),
];

/** Each kind of option with each kind of compile specs, on each kind of engine. */
export function precedence(): LazyCase[] {
  const sizes = pairs([-1n, 0n, 1024n, MOST], [ACCEPTS, REFUSES_ONE, REFUSES]);
  return pairs(pairs(OPTIONS, SPECS), sizes).map(([[options, specs], [streamable, answers]]): LazyCase => {
    return () => ({ options, engines: [engine({ streamable, specs, setAnswers: answers })] });
  });
}

/**
 * Cases that are alike but for one thing, one behind the other: of what a delegate keeps from one
 * to the next, each shows the wrong one.
 */
export function neighbours(): LazyCase[] {
  const alike: Partial<DecisionEngine>[] = [
    { specs: [spec('101')] },
    { specs: [spec('202')] },
    {},
    { automatic: 511n },
    { streamable: 1000n, specs: [spec('5000')] },
    { streamable: 1001n, specs: [spec('5000')] },
    { streamable: 0n },
  ];
  const options = [[], [option(text('303'))], [option(text('404'))], [option({ type: 'int', value: 5 })]];
  return range(0, 4).flatMap((shift) =>
    pairs(options, alike).map(([list], at): LazyCase => () => ({
      options: list,
      engines: [engine(alike[(at * (shift + 1)) % alike.length])],
    })),
  );
}
