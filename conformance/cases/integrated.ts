/*
 * Plan: automatic budgets on a device that shares the memory of the host (WSB-AUTO-09).
 *
 * LARGE is the engine that was measured on an H100. `free` is what cudaMemGetInfo tells, LITTLE
 * where caches hold nearly everything. What the system says is available are whole KiB, so that a
 * limit is the next KiB above what is needed, and one byte less is a whole KiB less.
 */
import type { HostMemory } from '../../reference/request/load-request.js';
import type { Case } from '../model/case.js';
import { clause } from '../model/scenario/clause.js';
import { applies, calls, steps } from '../model/expectation.js';
import { execute, input, LARGE, load, noAttribute, output } from '../model/scenario/vocabulary.js';
import { onHost } from '../model/scenario/planned.js';

const KIB = 2n ** 10n;
const MIB = 2n ** 20n;
const LITTLE = 4n * MIB;
const { streamable: S, activations: A, scratch: X } = LARGE;
const RESIDENT = S + A + 5n * MIB;
const STREAMED = X + A + 10n * MIB;
const HALF = S / 2n;

/** The device shares the memory of the host, of which so much is available. */
const shared = (availableBytes: bigint): { readonly host: HostMemory } => ({
  host: { kind: 'shared', availableBytes },
});
const untold = (availableBytes: bigint): { readonly host: HostMemory } => ({
  host: { kind: 'shared-untold', availableBytes },
});
const separate = (availableBytes: bigint): { readonly host: HostMemory } => ({
  host: { kind: 'separate', availableBytes },
});

/** As few whole KiB as hold so much. */
const wholeKib = (bytes: bigint): bigint => ((bytes + KIB - 1n) / KIB) * KIB;

/** Room for half of the weights and less than a KiB. */
const PART = wholeKib(STREAMED + HALF);
/** Room for two engines of which the first keeps about half. */
const BOTH = wholeKib(2n * STREAMED + HALF);
const PAIR = { engines: [LARGE, LARGE] };
const TENSORS = { bindings: [input('input_0'), output('output_0')], planned: onHost() };

/** Cases of the clause about integrated devices. */
export const INTEGRATED: readonly Case[] = [
  clause('WSB-AUTO-09', 'fitting')
    .control('memory of its own, plenty', { ...LARGE, free: 1n << 30n, ...separate(MIB) }, applies(S))
    .control('all of it free', { ...LARGE, free: 1n << 30n, ...shared(1n << 30n) }, applies(S))
    .control(
      'executed on tensors of the host',
      { ...LARGE, ...TENSORS, free: LITTLE, ...shared(1n << 30n), steps: [load(), execute()] },
      applies(S),
      steps('ok', 'ok'),
    )
    .violation('what caches hold', { ...LARGE, free: LITTLE, ...shared(1n << 30n) }, applies(S))
    .violation('nothing else is left', { ...LARGE, free: 0n, ...shared(1n << 30n) }, applies(S))
    .violation(
      'and there is room for half of the weights',
      { ...LARGE, free: LITTLE, ...shared(PART) },
      applies(PART - STREAMED),
    )
    .violation(
      'memory of the host is none of a discrete device',
      { ...LARGE, free: STREAMED + HALF, ...separate(1n << 40n) },
      applies(HALF),
    )
    .violation(
      'there is room for a second engine',
      { ...PAIR, free: LITTLE, ...shared(1n << 30n) },
      calls(`deserialize, set ${S}, context`, `deserialize, set ${S}, context`),
    )
    .violation(
      'the first makes no more room than is missing',
      { ...PAIR, free: LITTLE, ...shared(BOTH) },
      applies(BOTH - 2n * STREAMED, 0n),
    )
    .boundary(
      'just enough is available',
      { ...LARGE, free: LITTLE, ...shared(wholeKib(RESIDENT)) },
      applies(S),
    )
    .boundary(
      'one byte less',
      { ...LARGE, free: LITTLE, ...shared(wholeKib(RESIDENT) - 1n) },
      applies(wholeKib(RESIDENT) - KIB - STREAMED),
    )
    .boundary('less is available than is free', { ...LARGE, free: RESIDENT, ...shared(MIB) }, applies(S))
    .boundary(
      'the system does not tell',
      { ...LARGE, free: STREAMED + HALF, ...untold(1n << 30n) },
      applies(HALF),
    )
    .boundary(
      'the device does not tell what it is',
      { ...LARGE, free: STREAMED + HALF, ...shared(1n << 30n), fault: noAttribute(1) },
      applies(HALF),
    ),
].flatMap(({ cases }) => cases);
