/*
 * Plan: automatic budgets that fit (WSB-AUTO).
 *
 * Modelled engines of real sizes, on a device of which `free` bytes are free; they hold no memory
 * of the host. LARGE is the engine of eight layers of 4096 x 4096 at batch 1 that was measured on
 * an H100; WIDE has the large activations of a large batch. The margins of 10 MiB, and of 5 MiB
 * where nothing is streamed, stand out in each sum, so that at a limit `free` is a name and a byte:
 * RESIDENT is the least that keeps everything, STREAMED + HALF leaves room for half of the weights.
 */
import type { Case } from '../model/case.js';
import { LARGE, modelled } from '../model/scenario/vocabulary.js';
import { clause } from '../model/scenario/clause.js';
import { applies, calls, loadsWith, rejectsAfter } from '../model/expectation.js';

const MIB = 2n ** 20n;
const MARGIN = 10n * MIB;
const RESIDENT_MARGIN = 5n * MIB;
const STEP_DOWN = 4n * MIB;

/**
 * Its activations are so large that TensorRT's automatic budget streams it where everything fits.
 */
const WIDE = modelled({ streamable: 33_554_688n, activations: 268_435_456n, scratch: 8_388_608n });

/** What LARGE and WIDE stream. */
const [S, WIDE_S] = [LARGE.streamable, WIDE.streamable];
const RESIDENT = S + LARGE.activations + RESIDENT_MARGIN;
const STREAMED = LARGE.scratch + LARGE.activations + MARGIN;
const HALF = S / 2n;
const WIDE_RESIDENT = WIDE_S + WIDE.activations + RESIDENT_MARGIN;
const WIDE_STREAMED = WIDE.scratch + WIDE.activations + MARGIN;

/** It needs nothing besides its weights. */
const BARE = modelled({ streamable: 2n ** 30n, activations: 0n, scratch: 0n });

const UNLIMITED = 2n ** 40n;

/** The budgets that are tried from RESIDENT downwards; each step is twice the one before. */
const STEPS_DOWN = [0n, 1n, 3n, 7n, 15n, 31n]
  .map((steps) => `set ${RESIDENT - STREAMED - steps * STEP_DOWN}, context refused`)
  .join(', ');

/** Cases of the clauses WSB-AUTO. */
export const AUTOMATIC: readonly Case[] = [
  clause('WSB-AUTO-01', 'fitting')
    .control('everything fits', { ...LARGE, free: 1024n * MIB }, applies(S))
    .boundary('the delegate knows what is free', { ...LARGE, free: UNLIMITED - 1n }, applies(S))
    .boundary(
      'it does not, and asks TensorRT',
      { ...LARGE, free: UNLIMITED },
      loadsWith(`automatic ${S}, set ${S}`),
    ),

  clause('WSB-AUTO-02', 'fitting')
    .control('plenty', { ...LARGE, free: 1024n * MIB }, applies(S))
    .control('large activations, plenty', { ...WIDE, free: 4096n * MIB }, applies(WIDE_S))
    .violation(
      'large activations, where TensorRT streams all',
      { ...WIDE, free: 1024n * MIB },
      applies(WIDE_S),
    )
    .violation(
      '314,769,408 bytes, where TensorRT streams a part',
      { ...LARGE, free: 314_769_408n },
      applies(S),
    )
    .boundary('just enough', { ...LARGE, free: RESIDENT }, applies(S))
    .boundary('one byte too little', { ...LARGE, free: RESIDENT - 1n }, applies(RESIDENT - 1n - STREAMED))
    .boundary('large activations, just enough', { ...WIDE, free: WIDE_RESIDENT }, applies(WIDE_S))
    .boundary(
      'large activations, one byte too little',
      { ...WIDE, free: WIDE_RESIDENT - 1n },
      applies(WIDE_RESIDENT - 1n - WIDE_STREAMED),
    ),

  clause('WSB-AUTO-03', 'fitting')
    .control('room for half of the weights', { ...LARGE, free: STREAMED + HALF }, applies(HALF))
    .violation(
      '251,854,848 bytes, as measured',
      { ...LARGE, free: 251_854_848n },
      applies(251_854_848n - STREAMED),
    )
    .violation(
      '167,968,768 bytes, where half of the weights kills',
      { ...LARGE, free: 167_968_768n },
      applies(167_968_768n - STREAMED),
    )
    .violation(
      'the second engine is judged by what the first left',
      { engines: [{ ...LARGE, spec: '0' }, LARGE], free: 2n * STREAMED + HALF },
      applies(0n, HALF + MARGIN),
    )
    .also('WSB-MEM-01')
    .violation('no scratch, no activations', { ...BARE, free: MARGIN + 999n }, applies(999n))
    .violation(
      'negative sizes take nothing',
      { ...BARE, scratch: -5n, activations: -7n, free: MARGIN + 999n },
      applies(999n),
    )
    .boundary('0', { ...LARGE, free: STREAMED }, loadsWith('set 0'))
    .boundary('0, one byte less', { ...LARGE, free: STREAMED - 1n }, loadsWith('set 0'))
    .boundary('1', { ...LARGE, free: STREAMED + 1n }, loadsWith('set 0, set 1'))
    .boundary(
      's - 1, where s is refused and more would fit',
      { streamable: 1000n, scratch: 0n, activations: 10n, refuses: 1, free: MARGIN + 1010n },
      loadsWith('set 1000 refused, set 0, set 999'),
    ),

  clause('WSB-AUTO-04', 'fitting')
    .control('a context at once', { ...LARGE, free: RESIDENT }, applies(S))
    .violation(
      'none at all',
      { ...LARGE, context: null, free: RESIDENT },
      rejectsAfter(`deserialize, set ${S}, context refused, set 0, ${STEPS_DOWN}, set 0, context refused`),
    )
    .violation(
      'a budget that TensorRT refuses',
      { streamable: 1000n, scratch: 200n, activations: 10n, refuses: 1, free: MARGIN + 1010n },
      loadsWith('set 1000 refused, set 0, set 800'),
    )
    .boundary(
      'a step and 1, then 1',
      { ...LARGE, context: null, free: STREAMED + STEP_DOWN + 1n },
      calls(
        `deserialize, set 0, set ${STEP_DOWN + 1n}, context refused, set 1, context refused, set 0, context refused`,
      ),
    )
    .boundary(
      'a step, then 0',
      { ...LARGE, context: null, free: STREAMED + STEP_DOWN },
      calls(`deserialize, set 0, set ${STEP_DOWN}, context refused, set 0, context refused`),
    )
    .boundary(
      '1, then 0',
      { ...LARGE, context: null, free: STREAMED + 1n },
      calls('deserialize, set 0, set 1, context refused, set 0, context refused'),
    )
    .boundary(
      '0, then nothing',
      { ...LARGE, context: null, free: STREAMED },
      calls('deserialize, set 0, context refused'),
    ),

  clause('WSB-AUTO-05')
    .control('half of the weights', { ...LARGE, spec: `${HALF}`, free: STREAMED + HALF }, applies(HALF))
    .control('less than fits', { ...LARGE, spec: '0', free: 1024n * MIB }, applies(0n))
    .violation(
      'all of them, where half fits',
      { ...LARGE, spec: `${S}`, free: STREAMED + HALF },
      rejectsAfter(`deserialize, set ${S} refused`),
    )
    .violation(
      'three quarters as option, where half fits',
      { ...LARGE, option: `${HALF + HALF / 2n}`, free: STREAMED + HALF },
      rejectsAfter(`deserialize, set ${HALF + HALF / 2n}, context refused`),
    )
    .boundary(
      'no byte to spare',
      { ...LARGE, spec: `${HALF}`, free: STREAMED - MARGIN + HALF },
      loadsWith(`set ${HALF}`),
    )
    .boundary(
      'one byte too little',
      { ...LARGE, spec: `${HALF}`, free: STREAMED - MARGIN + HALF - 1n },
      rejectsAfter(`deserialize, set ${HALF}, context refused`),
    ),

  clause('WSB-AUTO-06', 'fitting')
    .control('a device of known size', { ...LARGE, free: 1024n * MIB }, applies(S))
    .violation(
      'a budget that TensorRT refuses, of unknown size',
      { refuses: 1 },
      loadsWith('automatic 512, set 512 refused, set 0'),
    )
    .violation('of unknown size', { streamable: 1024n, automatic: 300n }, loadsWith('automatic 300, set 300'))
    .boundary(
      '2^40 bytes',
      { streamable: 1024n, automatic: 1024n, free: UNLIMITED },
      loadsWith('automatic 1024, set 1024'),
    )
    .boundary('one byte less', { streamable: 1024n, automatic: 1024n, free: UNLIMITED - 1n }, applies(1024n)),
].flatMap(({ cases }) => cases);
