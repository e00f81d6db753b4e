import type { Verdict } from '../../model/verdict.js';
import type { ToldReport } from '../told-report.js';
import { markup, type Markup } from './markup.js';

/** How a page says a verdict, and the colour of it: a class of page.css. */
export type Tone = 'good' | 'bad' | 'open' | 'plain';

const TONES: Readonly<Record<Verdict, Tone>> = {
  pass: 'good',
  fail: 'bad',
  'expected-fail': 'open',
  'unexpected-pass': 'bad',
  unsupported: 'plain',
  crashed: 'bad',
  'timed-out': 'bad',
  'protocol-error': 'bad',
  inconclusive: 'open',
  'self-check': 'plain',
};

/** A verdict in words, with its tone. */
export function verdictBadge(verdict: Verdict): Markup {
  return badge(verdict.replace('-', ' '), TONES[verdict]);
}

/** A few words with a tone, which they say themselves. */
export function badge(words: string, tone: Tone): Markup {
  return markup`<span class="badge ${tone}">${words}</span>`;
}

/** What a run came to, by its exit code. */
const ENDS: Readonly<Record<number, readonly [words: string, tone: Tone]>> = {
  0: ['Conforms', 'good'],
  1: ['Does not conform', 'bad'],
  5: ['Incomplete', 'open'],
};

/** How a run ended, in words; of a filtered run that kept all, no conformance is said. */
export function endOf({
  exitCode,
  header: { filter },
}: Pick<ToldReport, 'exitCode' | 'header'>): readonly [words: string, tone: Tone] {
  if (exitCode === 0 && filter !== null) return ['Keeps what was chosen', 'good'];
  return ENDS[exitCode] ?? ['No verdict', 'open'];
}
