import type { Random } from '../../generators/random.js';

type Members = Record<string, unknown>;

const MOST_CHANGES = 3;
const VALUES: readonly unknown[] = [
  ...[null, true, false, 0, -0, 1, -1, 1.5, 2 ** 31 - 1, 2 ** 31, 2 ** 53, 1e308],
  ...['', '0', '\u0000', 'é', '\ud83d\ude00', '\ud800', '__proto__'],
  [],
  {},
];

/** Changes values of a JSON text and leaves it one; null where the input is none. */
export function mutateJson(random: Random, input: Uint8Array): string | null {
  const text = Buffer.from(input).toString('utf8');
  const box: [unknown] = [null];
  try {
    box[0] = JSON.parse(text);
  } catch {
    return null;
  }
  for (let left = 1 + random.below(MOST_CHANGES); left > 0; left--) changeOne(random, box);
  return JSON.stringify(box[0]);
}

/** Where a value stands. */
interface Place {
  readonly holder: unknown[] | Members;
  readonly key: string;
}

function changeOne(random: Random, box: [unknown]): void {
  const places: Place[] = [];
  collect(box, places);
  const place = random.pick(places);
  const { holder } = place;
  switch (random.below(6)) {
    case 0:
      put(place, random.pick(VALUES));
      break;
    case 1:
      put(place, nearby(random, valueAt(place)));
      break;
    case 2:
      put(place, copied(valueAt(random.pick(places))));
      break;
    case 3:
      if (holder !== box) remove(place);
      break;
    case 4:
      if (Array.isArray(holder) && holder !== box) holder.push(copied(valueAt(place)));
      else if (!Array.isArray(holder)) define(holder, random.pick(places).key, copied(valueAt(place)));
      break;
    default:
      put(place, [copied(valueAt(place)), copied(valueAt(random.pick(places)))]);
  }
}

function collect(holder: Place['holder'], places: Place[]): void {
  for (const key of Object.keys(holder)) {
    places.push({ holder, key });
    const value = valueAt({ holder, key });
    if (isHolder(value)) collect(value, places);
  }
}

function isHolder(value: unknown): value is Place['holder'] {
  return typeof value === 'object' && value !== null;
}

/** A value that is a little beside the one that stands there. */
function nearby(random: Random, value: unknown): unknown {
  if (typeof value === 'number') return random.chance(50) ? value + random.below(5) - 2 : -value;
  if (typeof value === 'boolean') return !value;
  if (typeof value !== 'string') return value;
  if (/^-?\d{1,20}$/.test(value) && random.chance(70))
    return String(BigInt(value) + BigInt(random.below(5) - 2));
  const at = random.below(value.length + 1);
  return (
    value.slice(0, at) +
    random.pick(['', '0', '/', '.', 'a', '\u0000', '-', 'f']) +
    value.slice(at + random.below(2))
  );
}

function valueAt({ holder, key }: Place): unknown {
  return Array.isArray(holder) ? holder[Number(key)] : holder[key];
}

function put({ holder, key }: Place, value: unknown): void {
  if (Array.isArray(holder)) holder[Number(key)] = value;
  else define(holder, key, value);
}

/** Also `__proto__` is a name like others. */
function define(holder: Members, key: string, value: unknown): void {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
}

function remove({ holder, key }: Place): void {
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else Reflect.deleteProperty(holder, key);
}

function copied(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
