/**
 * Why `pip download` failed, in a few words, out of what it wrote: an index that can't be reached
 * is only warned of, and then reported as a package that does not exist.
 *
 * @param {string} stderr
 * @returns {string}
 */
export function describePipFailure(stderr) {
  const broken = /connection broken by '\w+\((['"])(.*)\1\)'/.exec(stderr)?.[2];
  if (broken !== undefined) {
    return `pip did not reach its package index: ${broken.replace(/^.*>: /, '')}`;
  }
  const lines = stderr.split('\n').map((line) => line.trim());
  const errors = lines.filter((line) => /^error/i.test(line));
  const telling = errors.at(-1) ?? lines.filter((line) => line !== '').at(-1);
  return telling === undefined ? 'pip gave no reason' : `pip: ${telling}`;
}
