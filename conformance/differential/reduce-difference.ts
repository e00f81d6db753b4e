import type { Oracle } from '../oracle/oracle.js';
import { CaseBatch } from '../protocol/case-batch.js';
import { encodedRequest } from '../wire/encode-request.js';
import { agrees, promised, type Difference, type MutatedSubject } from './differential.js';

/**
 * Takes changes of a program back, one byte after another, as long as reference and runtime still
 * part.
 */
export async function reduceDifference(
  oracle: Oracle,
  subject: MutatedSubject,
  difference: Difference,
): Promise<Difference> {
  let reduced = difference;
  const { seed } = difference;
  const tryProgram = async (program: Uint8Array): Promise<void> => {
    const candidate = await compare(oracle, subject, {
      ...reduced,
      request: { ...reduced.request, program },
    });
    if (candidate !== null) reduced = candidate;
  };
  if (reduced.request.program.length < seed.bytes.length) {
    const program = seed.bytes.slice();
    program.set(reduced.request.program);
    await tryProgram(program);
  } else if (reduced.request.program.length > seed.bytes.length) {
    await tryProgram(reduced.request.program.slice(0, seed.bytes.length));
  }
  for (let at = 0; at < Math.min(reduced.request.program.length, seed.bytes.length); at++) {
    const before = seed.bytes[at];
    if (before === undefined || reduced.request.program[at] === before) continue;
    const program = reduced.request.program.slice();
    program[at] = before;
    await tryProgram(program);
  }
  return reduced;
}

async function compare(
  oracle: Oracle,
  subject: MutatedSubject,
  { seed, request }: Difference,
): Promise<Difference | null> {
  const expected = promised(oracle, request);
  if (typeof expected === 'string') return null;
  const observed = await subject.alone(CaseBatch.of('program', encodedRequest(request)));
  const difference = { seed, request, expected, observed };
  return agrees(subject, oracle, difference) ? null : difference;
}
