import { setTimeout as sleep } from 'node:timers/promises';

/** Whether `end` comes within so many milliseconds; nothing is left waiting when it does. */
export async function endsWithin(end: Promise<void>, milliseconds: number): Promise<boolean> {
  const late = new AbortController();
  const inTime = end.then(() => true);
  const tooLate = sleep(milliseconds, false, { signal: late.signal }).catch(() => false);
  const ended = await Promise.race([inTime, tooLate]);
  late.abort();
  return ended;
}
