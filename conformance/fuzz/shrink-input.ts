/** Tries at most: an input need not be the smallest there is. */
const MOST_TRIES = 2000;

/** Takes out bytes of an input, in fewer and fewer at a time, as long as it fails as before. */
export async function shrinkInput(
  input: Uint8Array,
  fails: (candidate: Uint8Array) => Promise<boolean>,
): Promise<Uint8Array> {
  let smallest = input;
  let tries = 0;
  for (let size = Math.ceil(input.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < smallest.length && tries < MOST_TRIES;) {
      const shorter = Buffer.concat([smallest.subarray(0, at), smallest.subarray(at + size)]);
      tries++;
      if (await fails(shorter)) smallest = new Uint8Array(shorter);
      else at += size;
    }
  }
  return smallest;
}
