import type { EngineOutcome } from '../../../reference/outcome/outcome.js';
import { callText } from '../../model/call-text.js';
import type { Finding } from '../../model/finding.js';
import { compared } from './differing.js';
import { markup, type Markup } from './markup.js';

/** Engines whose calls are drawn; the others are in the lines beside them. */
const MOST_ENGINES = 6;
/** Calls of an engine that are drawn. */
const MOST_CALLS = 24;

/**
 * The calls to TensorRT as a time line: a lane each for what was expected and what was observed.
 */
export function callsPart({ expected, observed, incident }: Finding): Markup | null {
  const count = Math.max(expected.engines.length, observed.engines.length);
  if (count === 0) return null;
  const engines = Array.from({ length: Math.min(count, MOST_ENGINES) }, (_, at) =>
    engineLanes(at, expected.engines[at], incident === undefined ? (observed.engines[at] ?? NONE) : null),
  );
  const more = count > MOST_ENGINES ? markup`<p>… and ${count - MOST_ENGINES} more engines.</p>` : null;
  return markup`<h5>Calls to TensorRT, in their order</h5>
    ${engines}${more}`;
}

const NONE = { calls: [] } as const;

/** @param observed - null where there is no outcome */
function engineLanes(
  at: number,
  expected: Pick<EngineOutcome, 'calls'> = NONE,
  observed: Pick<EngineOutcome, 'calls'> | null,
): Markup {
  const both = compared(expected.calls.map(callText), (observed?.calls ?? []).map(callText));
  return markup`<div class="calls" role="group" aria-label="Engine ${at}">
    <span class="engine-name">engine ${at}</span>
    ${lane('expected', both.expected, observed === null ? -1 : both.first)}
    ${
      observed === null
        ? markup`<span class="who">observed</span>
            <p>not known</p>`
        : lane('observed', both.observed, both.first)
    }
  </div>`;
}

function lane(who: string, calls: readonly string[], first: number): Markup {
  const items = calls
    .slice(0, MOST_CALLS)
    .map((call, at) =>
      at === first ? markup`<li class="first"><mark>${call}</mark></li>` : markup`<li>${call}</li>`,
    );
  const end =
    first >= calls.length && first >= 0 ? markup`<li class="first"><mark>no call</mark></li>` : null;
  const more = calls.length > MOST_CALLS ? markup`<li>… ${calls.length - MOST_CALLS} more</li>` : null;
  const none = calls.length === 0 && end === null ? markup`<li>no call</li>` : null;
  return markup`<span class="who">${who}</span>
    <ol>
      ${items}${end}${more}${none}
    </ol>`;
}
