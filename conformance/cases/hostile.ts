/*
 * Plan: program files that may crash ExecuTorch 1.5.1 (spec/clauses/program.md,
 * spec/decisions.md#damaged-programs).
 *
 * The runtime takes for granted what these files lack, or reads behind their end. In most hosts its
 * behaviour is undefined then (those of the suite put zeros there), so no clause demands an
 * outcome. What is asked is that the suite lives on and tells how each ended, and that `explain`
 * refuses each. Each is loaded in a process of its own. Cut files are loaded with minimal
 * verification, which lets them through; what is missing altogether passes both verifications. The
 * control is a file in order, loaded in the same way: were it to crash, a crash would say nothing.
 */
import type { LoadRequest } from '../../reference/request/load-request.js';
import { buildProgram } from '../model/build-request.js';
import {
  compileSpec,
  craftProgram,
  type ProgramParts,
  tensor,
  tensorList,
} from '../model/scenario/crafted-program.js';
import { cut, shorten } from '../model/scenario/program-change.js';
import type { RequestSpec } from '../model/request-spec.js';
import { type ProgramChange } from '../model/scenario/scenario.js';
import { BUDGET } from '../model/names.js';
import { scenarioRequest } from '../model/scenario/scenario-request.js';
import { bytesOf } from '../model/text.js';

/** A request of which nothing is demanded, because its program may crash the runtime. */
export interface HostileCase {
  /** Built from what the case holds. */
  readonly id: string;
  readonly title: string;
  readonly request: RequestSpec;
}

/** A request in order, to be loaded as the hostile ones are. */
export const HOSTILE_CONTROL: HostileCase = hostile('in order', 'minimal', inlineProgram());

/** Every hostile case. */
export const HOSTILE: readonly HostileCase[] = [
  changed(cut(64)),
  changed(cut(100)),
  changed(shorten(1)),
  // Internal consistency finds this one.
  hostile('no methods', 'minimal', craftProgram({ methods: null })),
  ...missing('no reference to data', { data: null }),
  ...missing('no list of inline data', { inline: null }),
  ...missing('no bytes in inline data', { inline: [{ fields: [null] }] }),
  ...missing('no key in a compile spec', { specs: [compileSpec(null, bytesOf('5'))] }),
  ...missing('no value in a compile spec', { specs: [compileSpec(BUDGET, null)] }),
  ...missing('a list of a tensor behind it', { values: [tensorList(1), tensor()] }),
];

function changed({ label, edit }: ProgramChange): HostileCase {
  return hostile(`inline, ${label}`, 'minimal', edit(inlineProgram()));
}

function missing(title: string, parts: ProgramParts): HostileCase[] {
  const program = craftProgram(parts);
  return [hostile(title, 'minimal', program), hostile(title, 'internal-consistency', program)];
}

function hostile(title: string, verification: LoadRequest['verification'], bytes: Uint8Array): HostileCase {
  return {
    id: `hostile/${title}&verification=${verification}`,
    title,
    request: { ...scenarioRequest({}), verification, program: { kind: 'bytes', bytes } },
  };
}

function inlineProgram(): Uint8Array {
  return buildProgram(scenarioRequest({ inline: true, spec: '5' }).program);
}
