import { BACKEND } from '../model/names.js';
import { BUDGET } from '../model/names.js';
import { BACKENDS, KEYS } from './domain.js';
import { drawText } from './draw-text.js';
import type { GeneratedEntry, GeneratedOption, GeneratedValue } from './generated-case.js';
import type { Random } from './random.js';

const MANY = 9;
const FOREIGN_BACKENDS = BACKENDS.filter((id) => id !== BACKEND && id !== '' && id.length < 64);
const FOREIGN_KEYS = KEYS.filter((key) => key !== BUDGET);

/** An options map: seldom none at all, most often one entry for the right backend. */
export function drawOptions(random: Random): GeneratedEntry[] | null {
  const kind = random.below(100);
  if (kind < 6) return null;
  if (kind < 10) return [];
  if (kind < 11) return manyBackends(random);
  const entries = [drawEntry(random)];
  if (random.chance(12)) entries.push(foreignEntry(random));
  if (random.chance(8)) entries.unshift(foreignEntry(random));
  if (random.chance(4)) entries.push(drawEntry(random));
  return entries;
}

function drawEntry(random: Random): GeneratedEntry {
  const backend = random.chance(90) ? BACKEND : random.pick(BACKENDS);
  const via = random.chance(35) ? 'span' : 'builder';
  if (random.chance(1)) return { options: manyKeys(), backend, via };
  const options: GeneratedOption[] = [drawOption(random, via)];
  if (random.chance(12)) options.push(drawOption(random, via));
  if (random.chance(10)) options.unshift({ key: random.pick(FOREIGN_KEYS), value: drawValue(random, via) });
  return { options, backend, via };
}

function drawOption(random: Random, via: GeneratedEntry['via']): GeneratedOption {
  return { key: random.chance(88) ? BUDGET : random.pick(KEYS), value: drawValue(random, via) };
}

function drawValue(random: Random, via: GeneratedEntry['via']): GeneratedValue {
  const kind = random.below(100);
  if (kind < 16)
    return { type: 'int', value: random.chance(30) ? 0 : random.next() >>> (1 + random.below(31)) };
  if (kind < 22) return { type: 'int', value: random.chance(50) ? -1 : -1 - (random.next() >>> 1) };
  if (kind < 28) return { type: 'bool', value: random.chance(50) };
  return { type: via === 'span' && random.chance(60) ? 'array' : 'string', text: drawText(random) };
}

function foreignEntry(random: Random): GeneratedEntry {
  const options = [{ key: BUDGET, value: drawValue(random, 'builder') }];
  return { options, backend: random.pick(FOREIGN_BACKENDS), via: 'builder' };
}

/** Nine backends, one more than fit. */
function manyBackends(random: Random): GeneratedEntry[] {
  const own = drawEntry(random);
  return [own, ...BACKENDS.slice(-MANY + 1).map((backend) => ({ ...own, backend }))];
}

/** Nine keys, one more than a builder holds. */
function manyKeys(): GeneratedOption[] {
  return KEYS.slice(0, MANY).map((key) => ({ key, value: { type: 'int', value: 1 } }));
}
