import { AREAS } from '../../spec/areas.js';
import { VERDICTS } from '../../model/verdict.js';
import { markup, type Markup } from './markup.js';

/** What a page can be filtered by. It is hidden until the script is there, which does it. */
export function filterPart(): Markup {
  const areas = AREAS.map(({ name }) => markup`<option value="${name}">${name}</option>`);
  const verdicts = VERDICTS.map(
    (verdict) => markup`<option value="${verdict}">${verdict.replace('-', ' ')}</option>`,
  );
  return markup`<form id="filter" role="search" aria-label="Filter clauses and findings" hidden>
    <label
      >Text <input type="search" name="text" placeholder="clause, case, value" autocomplete="off"
    /></label>
    <label
      >Area
      <select name="area">
        <option value="">all</option>
        ${areas}
      </select></label
    >
    <label
      >Verdict
      <select name="verdict">
        <option value="">all</option>
        ${verdicts}
        <option value="not-shown">not demonstrated</option>
      </select></label
    >
    <button type="reset">Clear</button>
    <output id="shown" aria-live="polite"></output>
  </form>`;
}
