import type { LazyCase } from './decision-parts.js';
import { engineCounts, enginePairs, enginePlaces, engineSums, setAnswers } from './engine-lists.js';
import { optionKeys, specKeys } from './keys.js';
import { neighbours, precedence } from './lattice.js';
import { equalOptions, optionPlaces } from './option-lists.js';
import { automaticSizes, explicitSizes, integers } from './sizes.js';
import { equalSpecs, specBytes, specPlaces } from './spec-lists.js';
import { digits, leadingZeros, oddBytes, oddPlaces, optionEnds, tooLarge } from './texts.js';

/**
 * The dimensions of a decision, each with the cases that cover its classes: what every run is made
 * of before anything is drawn, whatever its seed.
 */
export const DIMENSIONS: Readonly<Record<string, () => LazyCase[]>> = {
  'option by compile spec': precedence,
  'explicit budget by streamable size': explicitSizes,
  'automatic budget': automaticSizes,
  'integer option': integers,
  'digits of a text': digits,
  'length of a text': leadingZeros,
  'text too large': tooLarge,
  'byte in a text': oddBytes,
  'place of a byte in a text': oddPlaces,
  'end of an option': optionEnds,
  'key of an option': optionKeys,
  'key of a compile spec': specKeys,
  'place among options': optionPlaces,
  'equal options': equalOptions,
  'place among compile specs': specPlaces,
  'equal compile specs': equalSpecs,
  'bytes of compile specs': specBytes,
  'number of engines': engineCounts,
  'place among engines': enginePlaces,
  'kinds of engine': enginePairs,
  'sum of engines': engineSums,
  'answers to sets': setAnswers,
  'one case after another': neighbours,
};

let made: readonly LazyCase[] | null = null;

/**
 * All cases of the dimensions, in turn one of each, so that any beginning of them has something of
 * every dimension. They are the same in every run and every process.
 */
export function dimensionCases(): readonly LazyCase[] {
  if (made !== null) return made;
  const lists = Object.values(DIMENSIONS).map((list) => list());
  const longest = Math.max(...lists.map(({ length }) => length));
  const inTurn: LazyCase[] = [];
  for (let at = 0; at < longest; at++) {
    for (const list of lists) {
      const next = list[at];
      if (next !== undefined) inTurn.push(next);
    }
  }
  made = inTurn;
  return inTurn;
}
