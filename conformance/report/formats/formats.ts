import { BADGE } from './badge.js';
import type { Format } from './format.js';
import { GITHUB } from './github.js';
import { HTML } from './html.js';
import { JUNIT } from './junit.js';
import { SUMMARY } from './summary.js';

/** Names of the formats that a finished report can be written in. */
export const FORMAT_NAMES = ['html', 'junit', 'summary', 'github', 'badge'] as const;

/** One of {@link FORMAT_NAMES}. */
export type FormatName = (typeof FORMAT_NAMES)[number];

/** A new format is one file of this folder and a line here. */
export const FORMATS: Readonly<Record<FormatName, Format>> = {
  html: HTML,
  junit: JUNIT,
  summary: SUMMARY,
  github: GITHUB,
  badge: BADGE,
};
