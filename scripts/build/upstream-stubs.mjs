/** @typedef {import('./elf-symbols.mjs').ElfLibrary} ElfLibrary */

/** Where upstream's libraries expect the CUDA runtime; the name is also the version of its symbols. */
export const CUDART_NAME = 'libcudart.so.13';

/** Where upstream's libraries expect TensorRT. */
export const NVINFER_NAME = 'libnvinfer.so.11';

/**
 * @typedef {object} Stubs what has to stand for the libraries that are not there
 * @property {readonly string[]} libraries names of libraries (of torch) that nothing else stands for
 * @property {readonly string[]} symbols what upstream wants of those, or of the program that it is loaded into
 * @property {readonly string[]} cudart what it wants of the CUDA runtime
 * @property {readonly string[]} unsupported what it wants of the system and this one does not have
 */

/**
 * Finds what upstream's libraries are linked to and nobody here has: a library is loaded only when each of its
 * symbols is found, although most are never used.
 *
 * @param {readonly ElfLibrary[]} upstream
 * @param {readonly ElfLibrary[]} system
 * @returns {Stubs}
 */
export function findStubs(upstream, system) {
  const present = new Set(
    [...upstream, ...system].flatMap(({ symbols }) =>
      symbols.filter(({ defined }) => defined).flatMap(keysOf),
    ),
  );
  const there = new Set([...upstream, ...system].map(({ soname }) => soname));
  const simulated = new Set([CUDART_NAME, NVINFER_NAME]);
  const wanted = upstream.flatMap(({ symbols }) => symbols.filter(({ defined }) => !defined));
  const absent = wanted.filter((symbol) => !present.has(keyOf(symbol)));
  const ofVersion = (/** @type {(version: string | null) => boolean} */ accepts) =>
    unique(absent.filter(({ version }) => accepts(version)).map(({ name }) => name));
  return {
    libraries: unique(upstream.flatMap(({ needed }) => needed)).filter(
      (name) => !there.has(name) && !simulated.has(name),
    ),
    symbols: ofVersion((version) => version === null),
    cudart: ofVersion((version) => version === CUDART_NAME),
    unsupported: unique(
      absent.filter(({ version }) => version !== null && version !== CUDART_NAME).map(keyOf),
    ),
  };
}

/** Symbols that are objects, by the names that Python and torch give to theirs; everything else is a function. */
const OBJECT = /^(?:Py\w+_Type|PyExc_\w+|_Py_\w+Struct|_ZN3c1019UndefinedTensorImpl10_singletonE)$/;

/**
 * The C++ source that stands for symbols, by the macros of native/upstream/stubs/missing_symbol.h.
 *
 * @param {readonly string[]} symbols
 * @returns {string}
 */
export function writeStubs(symbols) {
  const lines = symbols.map((symbol, index) => {
    const kind = OBJECT.test(symbol) ? 'OBJECT' : 'FUNCTION';
    return `WSB_MISSING_${kind}(${index}, ${JSON.stringify(symbol)})`;
  });
  return ['#include "upstream/stubs/missing_symbol.h"', '', ...lines, ''].join('\n');
}

/** @param {import('./elf-symbols.mjs').ElfSymbol} symbol */
function keyOf({ name, version }) {
  return version === null ? name : `${name}@${version}`;
}

/**
 * What a definition answers to: a version is no bar to who asks for none.
 *
 * @param {import('./elf-symbols.mjs').ElfSymbol} symbol
 */
function keysOf(symbol) {
  return [symbol.name, keyOf(symbol)];
}

/** @param {readonly string[]} texts */
function unique(texts) {
  return [...new Set(texts)].sort();
}
