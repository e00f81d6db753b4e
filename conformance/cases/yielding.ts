/*
 * Plan: automatic budgets that make room for the engines that follow (WSB-AUTO-07, WSB-AUTO-08).
 *
 * LARGE is the engine of eight layers of 4096 x 4096 at batch 1 that was measured on an H100.
 * STREAMED is what one of them wants free when all is streamed, the margin of 10 MiB in it, and
 * NEED the same without. Where an engine yields it sees STREAMED twice less: once for itself, and
 * once for the one that comes.
 */
import type { Case } from '../model/case.js';
import { clause } from '../model/scenario/clause.js';
import { applies, calls, rejects, rejectsAfter, steps } from '../model/expectation.js';
import { LARGE, load, loadMethod, modelled, unload } from '../model/scenario/vocabulary.js';

const MARGIN = 10n * 2n ** 20n;
const RESIDENT_MARGIN = 5n * 2n ** 20n;

/** Streaming it takes more than keeping it. */
const THICK = modelled({ streamable: 1000n, activations: 10n, scratch: 5000n });

/** What it needs is more than 2^64. */
const HUGE = modelled({ streamable: 2n ** 63n - 1n, activations: 2n ** 63n - 1n, scratch: 1000n });

const { streamable: S, activations: A, scratch: X } = LARGE;
const NEED = X + A;
const STREAMED = NEED + MARGIN;
const RESIDENT = S + A + RESIDENT_MARGIN;
const HALF = S / 2n;

const PAIR = { engines: [LARGE, LARGE] };
const METHODS = { methods: { decode: [LARGE], prefill: [LARGE] } };
const BESIDE_ZERO = { methods: { decode: [LARGE], prefill: [{ ...LARGE, spec: '0' }] } };

/** LARGE with a compile spec that means nothing, at places of its own in the program. */
const SPECIFIED = { ...LARGE, specs: [['other', '1']] } as const;
/** Two loads of one method, with one allocator, so that the second does not find what it needs. */
const AGAIN = { sharing: 'program', free: S + 4n * A, steps: [load(), load()] } as const;
/** The first engine of the second load finds a byte less than it needs. */
const PAIRED = { sharing: 'program', free: S + A + 2n * NEED - 1n, steps: [load(), load()] } as const;

const SECOND_FAILS = steps('ok', 'load InvalidProgram');

/** An engine that keeps everything and is not asked for any of it. */
const KEEPS_ALL = `deserialize, set ${S}, context`;
/** One that has nothing and gets its context at once. */
const ALL_STREAMED = 'deserialize, set 0, context';

/** Cases of the clauses about engines that make room. */
export const YIELDING: readonly Case[] = [
  clause('WSB-AUTO-07', 'fitting')
    .control('room for both', { ...PAIR, free: 1n << 30n }, calls(KEEPS_ALL, KEEPS_ALL))
    .control('room for a part of the second', { ...PAIR, free: S + A + STREAMED + HALF }, applies(S, HALF))
    .violation(
      'the first took what the second needs',
      { ...PAIR, free: 2n * STREAMED + HALF },
      calls(`${KEEPS_ALL}, set 0, set ${HALF}, context`, ALL_STREAMED),
    )
    .violation(
      'the first of three yields twice',
      { engines: [LARGE, LARGE, LARGE], free: 3n * STREAMED },
      calls(
        `deserialize, set 0, set ${2n * STREAMED}, context, set 0, set ${STREAMED}, context, set 0, set ${MARGIN}, context`,
        ALL_STREAMED,
        ALL_STREAMED,
      ),
    )
    .violation(
      'two make room for an explicit one that keeps all',
      { engines: [LARGE, LARGE, { ...LARGE, spec: `${S}` }], free: S + A + STREAMED + HALF },
      calls(
        `${KEEPS_ALL}, set 0, context`,
        `deserialize, set 0, set ${HALF}, context, set 0, set ${HALF - STREAMED + MARGIN - RESIDENT_MARGIN}, context`,
        KEEPS_ALL,
      ),
    )
    .violation(
      'one makes room for an explicit one that no device has room for',
      { engines: [LARGE, { ...HUGE, spec: `${HUGE.streamable}` }], free: 1n << 30n },
      rejectsAfter(`${KEEPS_ALL}, set 0, context`, `deserialize, set ${HUGE.streamable} refused`),
    )
    .violation(
      'one makes room for an explicit half',
      { engines: [LARGE, { ...LARGE, spec: `${HALF}` }], free: 2n * STREAMED + HALF + 1000n },
      applies(1000n, HALF),
    )
    .violation(
      'one makes room for an engine that can not stream',
      { engines: [LARGE, { ...LARGE, streamable: 0n, scratch: 0n }], free: RESIDENT },
      applies(RESIDENT - (A + RESIDENT_MARGIN) - STREAMED, null),
    )
    .violation(
      'and then no context is made',
      { engines: [LARGE, { ...LARGE, context: null }], free: 2n * STREAMED + HALF },
      rejectsAfter(
        `${KEEPS_ALL}, set 0, set ${HALF}, context, set 0, context`,
        'deserialize, set 0, context refused, context refused',
      ),
    )
    .violation(
      'and then the third is refused',
      { engines: [LARGE, LARGE, { deserialize: null }], free: 2n * STREAMED + HALF },
      rejects(),
    )
    .violation(
      'the first of a load that shares its allocator',
      { engines: [LARGE, SPECIFIED], sharing: 'program', free: 2n * STREAMED + HALF },
      calls(`${KEEPS_ALL}, set 0, set ${HALF}, context`, ALL_STREAMED),
    )
    .violation(
      'twins of such a load',
      { ...PAIR, sharing: 'program', free: 2n * STREAMED + HALF },
      calls(`${KEEPS_ALL}, set 0, set ${HALF}, context`, ALL_STREAMED),
    )
    .boundary(
      'just enough beside a first that keeps all',
      { ...PAIR, free: S + A + STREAMED },
      calls(KEEPS_ALL, ALL_STREAMED),
    )
    .boundary(
      'one byte too little beside it',
      { ...PAIR, free: S + A + STREAMED - 1n },
      calls(`${KEEPS_ALL}, set 0, set ${S - 1n - X - MARGIN}, context`, ALL_STREAMED),
    )
    .boundary('a first that is left with 1', { ...PAIR, free: 2n * STREAMED + 1n }, applies(1n, 0n))
    .boundary(
      'a first that is left with 0',
      { ...PAIR, free: 2n * STREAMED },
      calls(`deserialize, set 0, set ${STREAMED}, context, set 0, context`, ALL_STREAMED),
    )
    .boundary(
      'a first that would hold more by streaming',
      { engines: [THICK, THICK], free: RESIDENT_MARGIN + 1010n },
      calls('deserialize, set 1000, context, set 0, set 1000, context', ALL_STREAMED),
    )
    .boundary('three, just enough', { engines: [LARGE, LARGE, LARGE], free: 3n * NEED }, applies(0n, 0n, 0n))
    .boundary(
      'three, one byte too little',
      { engines: [LARGE, LARGE, LARGE], free: 3n * NEED - 1n },
      rejects(),
    ),

  clause('WSB-AUTO-08')
    .control('two methods with room for both', { ...METHODS, free: 1n << 30n }, applies(S, S))
    .violation(
      'the engine of another method',
      { ...METHODS, free: S + 4n * A },
      steps('ok', 'load InvalidProgram'),
    )
    .violation(
      'the engine of another method of a module',
      { ...METHODS, module: null, free: S + 4n * A },
      steps('ok', 'load InvalidProgram'),
    )
    .violation(
      'the engine of another load of the method',
      {
        ...METHODS,
        free: S + 4n * A,
        steps: [loadMethod('decode'), loadMethod('prefill'), loadMethod('decode')],
      },
      steps('ok', 'load InvalidProgram', 'ok'),
    )
    .violation('the engine of another load with the same allocator', { ...LARGE, ...AGAIN }, SECOND_FAILS)
    .violation('whose data is inline', { ...LARGE, inline: true, ...AGAIN }, SECOND_FAILS)
    .violation('that has compile specs', { ...SPECIFIED, ...AGAIN }, SECOND_FAILS)
    .violation('that has two engines', { engines: [LARGE, { ...LARGE, spec: '0' }], ...PAIRED }, SECOND_FAILS)
    .violation(
      'that has two engines, whose data is inline',
      { inline: true, engines: [LARGE, { ...LARGE, spec: '0' }], ...PAIRED },
      SECOND_FAILS,
    )
    .violation(
      'the engine of another method with the same allocator',
      { ...METHODS, sharing: 'program', free: S + 4n * A },
      SECOND_FAILS,
    )
    .violation(
      'the engine of another program with the same allocator',
      { ...LARGE, ...AGAIN, sharing: 'copies' },
      SECOND_FAILS,
    )
    .control(
      'two loads with the same allocator and room for both',
      { ...LARGE, ...AGAIN, free: 1n << 30n },
      applies(S, S),
    )
    .control(
      'one after the other with the same allocator',
      { ...LARGE, ...AGAIN, free: S + A + STREAMED, steps: [load(), unload(), load()] },
      applies(S, S),
    )
    .boundary(
      'just enough beside a load with the same allocator',
      { ...BESIDE_ZERO, sharing: 'program', free: S + A + NEED },
      applies(S, 0n),
    )
    .boundary(
      'one byte too little beside it',
      { ...BESIDE_ZERO, sharing: 'program', free: S + A + NEED - 1n },
      SECOND_FAILS,
    )
    .violation(
      'an explicit budget',
      { engines: [{ ...LARGE, spec: `${HALF}` }, LARGE], free: HALF + 2n * NEED - 1n },
      rejects(),
    )
    .boundary('just enough beside another method', { ...BESIDE_ZERO, free: S + A + NEED }, applies(S, 0n))
    .boundary(
      'one byte too little beside another method',
      { ...BESIDE_ZERO, free: S + A + NEED - 1n },
      steps('ok', 'load InvalidProgram'),
    ),
].flatMap(({ cases }) => cases);
