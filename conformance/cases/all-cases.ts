import { ALIASES } from './aliases.js';
import { APPLICATION } from './application.js';
import { AUTOMATIC } from './automatic.js';
import { BLOB } from './blob.js';
import type { Case } from '../model/case.js';
import { DAMAGED_PROGRAM } from './damaged-program.js';
import { DEVICES } from './devices.js';
import { ENGINES } from './engines.js';
import { FAILURE } from './failure.js';
import { LIFECYCLE } from './lifecycle.js';
import { MEMORY } from './memory.js';
import { METHODS } from './methods.js';
import { NAMES } from './names.js';
import { OPTIONS } from './options.js';
import { PARSING } from './parsing.js';
import { PRECEDENCE } from './precedence.js';
import { PROGRAM } from './program.js';
import { requireUniqueIds } from '../model/scenario/unique-ids.js';
import { INTEGRATED } from './integrated.js';
import { CHANGES } from './changes.js';
import { SET_OPTION } from './set-option.js';
import { YIELDING } from './yielding.js';

/**
 * Every hand-written case, by area (the name of a file in spec/clauses), in the order of the
 * specification.
 */
export const AREAS: Readonly<Record<string, readonly Case[]>> = {
  parsing: PARSING,
  options: OPTIONS,
  precedence: PRECEDENCE,
  application: APPLICATION,
  engines: ENGINES,
  methods: METHODS,
  failure: FAILURE,
  lifecycle: LIFECYCLE,
  memory: MEMORY,
  automatic: [...AUTOMATIC, ...INTEGRATED, ...YIELDING],
  blob: [...BLOB, ...ALIASES, ...NAMES],
  program: [...PROGRAM, ...DAMAGED_PROGRAM],
  devices: DEVICES,
  'set-option': [...SET_OPTION, ...CHANGES],
};

/** Every hand-written case. */
export const ALL_CASES: readonly Case[] = requireUniqueIds(Object.values(AREAS).flat());
