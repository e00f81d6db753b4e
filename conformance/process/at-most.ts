/** `task`, of which at most `count` run at a time; further calls wait for their turn, in order. */
export function atMost<A, R>(count: number, task: (argument: A) => Promise<R>): (argument: A) => Promise<R> {
  const waiting: (() => void)[] = [];
  let free = count;
  return async (argument) => {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await task(argument);
    } finally {
      const next = waiting.shift();
      if (next === undefined) free++;
      else next();
    }
  };
}
