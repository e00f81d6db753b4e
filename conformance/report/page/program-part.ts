import {
  BACKEND_ID,
  BUDGET_KEY,
  buildOptionsMap,
  ExhaustingProgramError,
  explainProgram,
  findOption,
  optionsFor,
  quoteBudget,
  type OptionsMap,
  type Policy,
} from '../../../reference/index.js';
import { cString } from '../../../reference/rules/c-string.js';
import { drawExplanation } from '../../drawing/draw-explanation.js';
import {
  SOURCES,
  type DrawnDelegate,
  type DrawnLine,
  type DrawnMethod,
  type DrawnNote,
  type Source,
} from '../../drawing/drawing.js';
import { buildProgram } from '../../model/build-request.js';
import type { Finding } from '../../model/finding.js';
import { markup, type Markup } from './markup.js';
import { optionsThatMatter } from '../step-that-matters.js';

/** Methods, and delegates of each, that are drawn. */
const MOST = 6;

/**
 * The program of a finding: its methods, their engines, and where the budget of each comes from.
 */
export function programPart(finding: Finding): Markup {
  const { request } = finding.case;
  const options = optionsThatMatter(finding);
  const drawing = drawn(buildProgram(request.program), options, finding);
  if (drawing === null) return markup`<p>The file repeats itself too often to be drawn.</p>`;
  if (drawing.kind === 'unreadable')
    return markup`<p>No program that ExecuTorch loads: ${drawing.fault}.</p>`;
  const option = optionText(options);
  const more = drawing.methods.length - MOST;
  return markup`${notesPart(drawing.notes)}
  ${drawing.methods.slice(0, MOST).map((method) => methodPart(method, option))}
  ${more > 0 ? markup`<p>… and ${more} more methods.</p>` : null}`;
}

function drawn(
  program: Uint8Array,
  options: OptionsMap | null,
  finding: Finding,
): ReturnType<typeof drawExplanation> | null {
  const policy = policyOf(finding);
  try {
    const { freeBytes } = finding.case.request.device;
    return drawExplanation(explainProgram(program, options, { policy, freeBytes }));
  } catch (error) {
    if (error instanceof ExhaustingProgramError) return null;
    throw error;
  }
}

/** Only a delegate that leaves the choice to TensorRT is expected to ask it. */
function policyOf({ expected, case: { policy } }: Finding): Policy {
  const asks = expected.engines.some(({ calls }) =>
    calls.some(({ call }) => call === 'getWeightStreamingAutomaticBudget'),
  );
  return asks ? 'upstream' : (policy ?? 'fitting');
}

/** The budget that a host gives, quoted; null where it gives none. */
function optionText(options: OptionsMap | null): string | null {
  const map = options === null ? null : buildOptionsMap(options);
  const value = map === null ? null : findOption(optionsFor(map, BACKEND_ID), BUDGET_KEY);
  if (value === null) return null;
  return value.type === 'array'
    ? quoteBudget(cString(value.bytes, value.bytes.length))
    : `${value.type} ${value.value}`;
}

function methodPart({ title, delegates, notes }: DrawnMethod, option: string | null): Markup {
  const more = delegates.length - MOST;
  return markup`<div class="method">
    <h6>${title}</h6>
    ${notesPart(notes)} ${delegates.slice(0, MOST).map((delegate) => delegatePart(delegate, option))}
    ${more > 0 ? markup`<p>… and ${more} more delegates.</p>` : null}
  </div>`;
}

const NAMES: Readonly<Record<Source, string>> = {
  option: 'load option',
  'compile-spec': 'compile spec',
  automatic: 'automatic',
};

function delegatePart(
  { title, lines, source, specs, applied, notes }: DrawnDelegate,
  option: string | null,
): Markup {
  const given: Readonly<Record<Source, string | null>> = {
    option,
    'compile-spec': specs.length === 0 ? null : specs.join(', '),
    automatic: source === 'automatic' ? 'nothing was given' : null,
  };
  const flow =
    applied === null
      ? null
      : markup`<ol class="flow" aria-label="Where the budget comes from">
          ${SOURCES.map((one) => sourceItem(one, given[one], one === source))}
          <li class="applied"><b>→ applied</b> ${applied}</li>
        </ol>`;
  return markup`<div class="engine">
    <p class="engine-title">${title}</p>
    ${flow}
    <dl>${lines.filter(({ label }) => label !== 'applied').map(linePart)}</dl>
    ${notesPart(notes)}
  </div>`;
}

function linePart({ label, text }: DrawnLine): Markup {
  return markup`<div>
    <dt>${label}</dt>
    <dd>${text}</dd>
  </div>`;
}

function sourceItem(source: Source, given: string | null, counts: boolean): Markup {
  const words = markup`<b>${NAMES[source]}</b> ${given ?? 'not given'}`;
  if (counts) return markup`<li class="counts">${words} <i>counts</i></li>`;
  return markup`<li class="${given === null ? 'absent' : 'passed-over'}">${words}</li>`;
}

function notesPart(notes: readonly DrawnNote[]): Markup | null {
  if (notes.length === 0) return null;
  return markup`<ul class="notes">
    ${notes.slice(0, 2 * MOST).map(({ level, text }) => markup`<li class="${level}">${text}</li>`)}
  </ul>`;
}
