/**
 * Starts work on items ahead of time, `atOnce` at a time, and gives what came of each in the order
 * of the items.
 *
 * @param start is told the item and its place, from 0; what it throws is thrown here
 */
export async function* inOrder<Item, Result>(
  items: Iterable<Item>,
  atOnce: number,
  start: (item: Item, place: number) => Promise<Result>,
): AsyncGenerator<readonly [item: Item, place: number, result: Result]> {
  const queue = items[Symbol.iterator]();
  const started: [item: Item, place: number, result: Promise<Result>][] = [];
  let place = 0;
  for (;;) {
    while (started.length < atOnce) {
      const next = queue.next();
      if (next.done === true) break;
      const result = start(next.value, place);
      // It is waited for when its turn comes.
      result.catch(() => undefined);
      started.push([next.value, place++, result]);
    }
    const first = started.shift();
    if (first === undefined) return;
    yield [first[0], first[1], await first[2]];
  }
}
