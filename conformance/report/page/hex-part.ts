import type { Finding } from '../../model/finding.js';
import { countText } from '../../model/count-text.js';
import { bytesThatMatter, type ShownBytes } from '../bytes-that-matter.js';
import { markup, Markup } from './markup.js';

const ROW = 16;

/** The bytes that a finding turns on, in hexadecimal and as text, the place at fault marked. */
export function hexPart(finding: Finding): Markup | null {
  const shown = bytesThatMatter(finding);
  if (shown.length === 0) return null;
  return markup`<h5>The bytes that matter</h5>
    ${shown.map(dump)}`;
}

function dump({ title, bytes, at, size, mark }: ShownBytes): Markup {
  const part = bytes.length < size ? `, ${bytes.length} from ${at} on` : '';
  const rows = Array.from({ length: Math.ceil(bytes.length / ROW) }, (_, n) =>
    row(bytes.subarray(n * ROW, (n + 1) * ROW), at + n * ROW, mark),
  );
  return markup`<figure class="hex">
    <figcaption>${title} (${countText(size)} ${size === 1 ? 'byte' : 'bytes'}${part})</figcaption>
    ${bytes.length === 0 ? null : markup`<pre tabindex="0" role="group" aria-label="Bytes of ${title}">${rows}</pre>`}
    ${mark === null ? null : markup`<p class="why">marked: ${mark.why}</p>`}
  </figure>`;
}

/** A line of a dump: where it is, its bytes in hexadecimal, and as text. */
function row(bytes: Uint8Array, at: number, mark: ShownBytes['mark']): Markup {
  const place = at.toString(16).padStart(6, '0');
  const pad = ' '.repeat((ROW - bytes.length) * 3);
  const [from, to] = mark === null ? [0, 0] : [mark.from - at, mark.to - at];
  const digits = cells(bytes, [from, to], (byte) => byte.toString(16).padStart(2, '0'), ' ');
  return markup`${[place, '  ', digits, pad, '  ', cells(bytes, [from, to], character, ''), NEXT_LINE]}`;
}

const NEXT_LINE = new Markup('\n');

/** Bytes put into words one by one, those of a range marked. */
function cells(
  bytes: Uint8Array,
  [from, to]: readonly [number, number],
  text: (byte: number) => string,
  between: string,
): Markup {
  const part = (start: number, end: number): string =>
    Array.from(bytes.subarray(Math.max(0, start), Math.max(0, end)), text).join(between);
  const [before, within, after] = [part(0, from), part(from, to), part(Math.max(0, to), ROW)];
  const marked = within === '' ? null : markup`<mark>${within}</mark>`;
  const gaps = [before !== '' && within + after !== '', within !== '' && after !== ''];
  return markup`${[before, gaps[0] === true ? between : '', marked, gaps[1] === true ? between : '', after]}`;
}

function character(byte: number): string {
  return byte < 0x20 || byte > 0x7e ? '·' : String.fromCharCode(byte);
}
