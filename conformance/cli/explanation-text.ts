import type { Explanation } from '../../reference/index.js';
import { drawExplanation } from '../drawing/draw-explanation.js';
import type { DrawnDelegate, DrawnMethod, DrawnNote } from '../drawing/drawing.js';
import { countText } from '../model/count-text.js';
import { lineList, visible, type VisibleText } from '../model/visible-text.js';

const LABEL_WIDTH = 10;
/** Characters of text that any file may have, and for each byte of it. */
const TEXT_ANYWAY = 65_536;
const TEXT_FOR_EACH_BYTE = 16;

/** An explanation to read: where the budget of each engine comes from, and what is wrong. */
export function explanationText(file: string, size: number, explanation: Explanation): VisibleText {
  const drawing = drawExplanation(explanation);
  if (drawing.kind === 'unreadable') {
    return lineList([visible`${file} is not a program that ExecuTorch loads: ${drawing.fault}.`]);
  }
  const { methods, notes } = drawing;
  const lines = [
    visible`${file}: ${countText(size)} bytes, ${methods.length === 1 ? '1 method' : `${methods.length} methods`}`,
    ...notes.map(noteLine),
    ...methods.flatMap(methodLines),
  ];
  return lineList(bounded(lines, TEXT_ANYWAY + TEXT_FOR_EACH_BYTE * size));
}

/** Lines up to a number of characters, and how many are left out. */
function bounded(lines: readonly VisibleText[], most: number): readonly VisibleText[] {
  let left = most;
  const cut = lines.findIndex((line) => (left -= line.length + 1) < 0);
  return cut < 0
    ? lines
    : [...lines.slice(0, cut), visible`… and ${countText(lines.length - cut)} more lines: --json has all`];
}

function methodLines({ title, delegates, notes }: DrawnMethod): readonly VisibleText[] {
  return [visible``, title, ...notes.map(noteLine), ...delegates.flatMap(delegateLines)];
}

function delegateLines({ title, lines, notes }: DrawnDelegate): readonly VisibleText[] {
  return [
    visible`  ${title}`,
    ...lines.map(({ label, text }) => visible`    ${label.padEnd(LABEL_WIDTH)}${text}`),
    ...notes.map((note) => visible`  ${noteLine(note)}`),
  ];
}

function noteLine({ text }: DrawnNote): VisibleText {
  return visible`  ${text}`;
}
