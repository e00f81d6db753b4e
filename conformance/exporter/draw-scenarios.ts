import fc, { type Arbitrary } from 'fast-check';
import { BUDGET_TYPES, type BudgetType, type GivenBudget } from '../../reference/exporter/export-request.js';
import { BUDGET } from '../model/names.js';
import type { ExportEngineScenario, ExportScenario } from '../model/scenario/export-scenario.js';

const MOST = 2n ** 63n;

/** The greatest number of a device that a program can tag a tensor with. */
const MOST_DEVICE = 127;

/** Keys that are the budget's, nearly so, or of other things. */
const KEYS: Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    BUDGET,
    `${BUDGET}\0`,
    `${BUDGET}\0x`,
    `\0${BUDGET}`,
    `${BUDGET} `,
    ` ${BUDGET}`,
    `${BUDGET}_per_engine`,
    BUDGET.toUpperCase(),
    BUDGET.replaceAll('_', '-'),
    'target_device',
    'target_device ',
    'other',
    '',
  ),
  fc.string({ unit: 'grapheme-ascii', maxLength: 12 }),
);

const DEVICE_TEXTS = [
  'cuda:0',
  'cuda:1',
  'cuda:00',
  'CUDA:0',
  ' cuda:0',
  'cuda',
  'cuda:',
  'gpu:0',
  'cuda:-1',
  'cuda:1\0',
  '',
];

const VALUES: Arbitrary<string> = fc.oneof(
  fc.constantFrom('', '5', '+5', '0', ...DEVICE_TEXTS),
  fc.string({ unit: 'grapheme-ascii', maxLength: 8 }),
);

const SPEC: Arbitrary<readonly [string, string]> = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(KEYS, VALUES) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('target_device'), fc.constantFrom(...DEVICE_TEXTS)) },
);

/** Integers at the ends of the range and in it; most are in it. */
const INTEGERS: Arbitrary<bigint> = fc.oneof(
  { weight: 4, arbitrary: fc.bigInt({ min: 0n, max: 4096n }) },
  { weight: 2, arbitrary: fc.bigInt({ min: 0n, max: MOST - 1n }) },
  { weight: 1, arbitrary: fc.bigInt({ min: MOST - 3n, max: MOST + 3n }) },
  { weight: 1, arbitrary: fc.bigInt({ min: -3n, max: 3n }) },
  { weight: 1, arbitrary: fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }) },
);

const SHOWN: Arbitrary<string> = fc.oneof(
  fc.constantFrom('', '0', '00', '+1', '-1', '1_000', 'many', 'Budget.A', 'é', '٣'),
  fc.string({ unit: 'grapheme-ascii', maxLength: 6 }),
);

const OTHER_TYPES = BUDGET_TYPES.filter(
  (type) => !['none', 'int', 'int-subclass', 'int-enum'].includes(type),
);

const FLOATS: Arbitrary<string> = fc.constantFrom(
  '0.0',
  '-0.0',
  '1.0',
  '8192.0',
  '0.5',
  '1e300',
  'nan',
  'inf',
  '-inf',
);

const FLAGS = fc.constantFrom('true', 'false');
const WORDS = fc.oneof(
  fc.constantFrom('', '5', 'auto', '-0'),
  fc.string({ unit: 'grapheme-ascii', maxLength: 8 }),
);
const UNSIGNED = fc.bigInt({ min: 0n, max: MOST - 1n }).map(String);
const SMALL = fc.bigInt({ min: -4n, max: 8192n }).map(String);

/** Types whose text is not that of any small number. */
const TEXTS: Readonly<Partial<Record<BudgetType, Arbitrary<string>>>> = {
  bool: FLAGS,
  'numpy.bool': FLAGS,
  float: FLOATS,
  text: WORDS,
  bytes: WORDS,
  object: fc.constant(''),
  'numpy.int64': UNSIGNED,
  'numpy.uint64': UNSIGNED,
};

/** Values of types that are no integer, nor None. */
const OTHER_VALUES: Arbitrary<GivenBudget> = fc
  .constantFrom(...OTHER_TYPES)
  .chain((type) => (TEXTS[type] ?? SMALL).map((text): GivenBudget => ({ type, text })));

const BUDGETS: Arbitrary<GivenBudget> = fc.oneof(
  { weight: 6, arbitrary: INTEGERS.map((value): GivenBudget => ({ type: 'int', text: String(value) })) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        fc.constantFrom<BudgetType>('int-subclass', 'int-enum'),
        INTEGERS,
        fc.option(SHOWN, { nil: undefined }),
      )
      .map(([type, value, shown]) => ({
        type,
        text: String(value),
        ...(shown === undefined ? {} : { shown }),
      })),
  },
  { weight: 1, arbitrary: fc.constant<GivenBudget>({ type: 'none', text: '' }) },
  { weight: 3, arbitrary: OTHER_VALUES },
);

const TENSOR = fc.constantFrom(
  'input_0',
  'a',
  'b',
  'x.1',
  'é',
  'a"b',
  'a\\b',
  'a%b',
  'a@b',
  'a b',
  'device_id',
  'io_bindings',
  '名',
);

const ENGINES: Arbitrary<ExportEngineScenario> = fc
  .record(
    {
      streamable: fc.constantFrom(1n, 1024n, 4096n, 2n ** 40n),
      device: fc.oneof(fc.constantFrom(0, 1, 9, 10, MOST_DEVICE), fc.nat({ max: MOST_DEVICE })),
      tensors: fc.uniqueArray(TENSOR, { minLength: 2, maxLength: 5 }),
      isAliased: fc.boolean(),
    },
    { requiredKeys: [] },
  )
  .map(({ tensors, isAliased, ...engine }) => {
    if (tensors === undefined) return engine;
    const [first, ...outputs] = tensors;
    // What aliases an input comes behind what does not, as TensorRT's own builder has it.
    const output = outputs.at(-1);
    const aliases =
      isAliased === true && first !== undefined && output !== undefined ? { [output]: first } : {};
    return {
      ...engine,
      inputs: tensors.slice(0, 1),
      outputs,
      ...(Object.keys(aliases).length === 0 ? {} : { aliases }),
    };
  });

const METHOD_NAMES = fc.constantFrom('forward', 'decode', 'prefill', 'a', 'Méthode', '_1');

const METHODS: Arbitrary<ExportScenario['methods']> = fc
  .uniqueArray(fc.tuple(METHOD_NAMES, fc.array(ENGINES, { maxLength: 3 })), {
    minLength: 1,
    maxLength: 3,
    selector: ([name]) => name,
  })
  .map((entries) => Object.fromEntries(entries));

/** What an exporter is asked, drawn; what shrinks first is what is left out. */
export const EXPORT_SCENARIOS: Arbitrary<ExportScenario> = fc
  .record(
    {
      way: fc.constantFrom('save', 'save', 'export', 'partitioner'),
      format: fc.constantFrom('executorch', 'executorch', 'executorch', 'exported_program', 'torchscript'),
      budget: BUDGETS,
      specs: fc.array(SPEC, { minLength: 1, maxLength: 3 }),
      engines: fc.array(ENGINES, { maxLength: 3 }),
      methods: METHODS,
    } as const,
    { requiredKeys: [] },
  )
  .map(possible);

/** What is drawn of a scenario; what is left out is not there. */
type Drawn = { readonly [Name in keyof ExportScenario]?: ExportScenario[Name] | undefined };

/**
 * Only the call that saves has formats, and saves one method in another one than ExecuTorch's; the
 * partitioner takes no budget.
 */
function possible(drawn: Drawn): ExportScenario {
  const { way = 'save', format = 'executorch', budget, engines, methods, specs } = drawn;
  const isOther = way === 'save' && format !== 'executorch';
  return {
    ...(way === 'save' ? {} : { way }),
    ...(isOther ? { format } : {}),
    ...(way === 'partitioner' || budget === undefined ? {} : { budget }),
    ...(specs === undefined ? {} : { specs }),
    ...(methods === undefined || isOther ? (engines === undefined ? {} : { engines }) : { methods }),
  };
}
