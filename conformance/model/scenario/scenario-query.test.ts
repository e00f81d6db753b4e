import { describe, expect, it } from 'vitest';
import { clause } from './clause.js';
import { applies } from '../expectation.js';
import { type Scenario } from './scenario.js';
import { BUDGET } from '../names.js';
import { scenarioQuery } from './scenario-query.js';
import { hex, repeat } from '../text.js';
import { requireUniqueIds } from './unique-ids.js';
import { array, builder, foreign, loadMethod, span, unload } from './vocabulary.js';

describe('scenarioQuery', () => {
  it.each<[Scenario, string]>([
    [{}, ''],
    [{ spec: '+5' }, 'spec="+5"'],
    [{ spec: '5\0 "\\é' }, String.raw`spec="5\u{0} \"\\\u{e9}"`],
    [{ spec: hex('35ff'), streamable: 0n }, 'spec=0x35ff&streamable=0'],
    [{ spec: ['7', '8'], option: 5 }, 'spec=["7","8"]&option=5'],
    [{ option: repeat('0', 400, '42') }, 'option="0"*400+"42"'],
    [
      {
        specs: [
          [BUDGET, '7'],
          ['a', ''],
        ],
      },
      'specs=[budget:"7","a":""]',
    ],
    [{ options: [span([BUDGET, array('5')], ['k', true])] }, 'options=[span[budget:array("5"),"k":true]]'],
    [{ options: [foreign('X', '5'), builder()] }, 'options=[X:builder[budget:"5"],builder[]]'],
    [{ engines: [{}, {}, { spec: '5' }] }, 'engines=[2*{},{spec="5"}]'],
    [{ methods: { a: [{}], b: [] } }, 'methods=[a:[{}],b:[]]'],
    [{ methods: { 'a\udcff': [{}] } }, 'methods=["a\\u{dcff}":[{}]]'],
    [{ backend: '\ufeffid' }, 'backend="\\u{feff}id"'],
    [{ module: null, steps: [loadMethod('m', '5'), unload('m')] }, 'module=null&steps=[load m "5",unload m]'],
    [{ steps: [loadMethod('m'), unload('m'), loadMethod('m'), unload('m')] }, 'steps=[2*(load m,unload m)]'],
    [{ deserialize: null, refuses: 'all' }, 'deserialize=null&refuses=all'],
  ])('%o', (scenario, query) => {
    expect(scenarioQuery(scenario)).toBe(query);
  });
});

describe('clause', () => {
  it('builds ids from the clause, the kind and the scenario', () => {
    const { cases } = clause('WSB-PARSE-03')
      .control('no sign', { spec: '5' }, applies(5n))
      .violation('plus', { spec: '+5' }, applies(5n))
      .also('WSB-PREC-07');
    expect(cases.map(({ id }) => id)).toEqual([
      'WSB-PARSE-03/control/spec="5"',
      'WSB-PARSE-03/violation/spec="+5"',
    ]);
    expect(cases[0]?.expectation?.text).toBe('applies 5, leaves nothing alive');
    expect(cases[1]?.clauses).toEqual(['WSB-PARSE-03', 'WSB-PREC-07']);
  });

  it('does not let two cases have one id', () => {
    const { cases } = clause('WSB-PARSE-03')
      .control('no sign', { spec: '5' }, applies(5n))
      .control('the same again', { spec: '5' }, applies(5n));
    expect(() => requireUniqueIds(cases)).toThrow(/Two cases have the id WSB-PARSE-03\/control\/spec="5"/);
  });
});
