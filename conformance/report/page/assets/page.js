/* The script of a page: filters kept in the address, drawings unpacked, commands copied. */
'use strict';

const form = /** @type {HTMLFormElement} */ (document.getElementById('filter'));
const shown = /** @type {HTMLOutputElement} */ (document.getElementById('shown'));
const FIELDS = ['text', 'area', 'verdict'];

/** @typedef {{ element: HTMLElement, text: string, area: string, verdicts: string[] }} Row */

/**
 * What can be filtered: the findings, or the rows of clauses.
 *
 * @param {string} selector
 * @returns {Row[]}
 */
const rowsOf = (selector) =>
  Array.from(/** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(selector)), (element) => ({
    element,
    text: (element.textContent ?? '').toLowerCase(),
    area: /** @type {HTMLElement | null} */ (element.closest('[data-area]'))?.dataset.area ?? '',
    verdicts: (element.dataset.verdict ?? '').split(' '),
  }));

/** @type {{ findings: Row[], clauses: Row[] } | null} */
let rows = null;

/** Read when they are first needed: a page opens faster so. */
const allRows = () => (rows ??= { findings: rowsOf('.finding'), clauses: rowsOf('.area tbody tr') });

/** @param {string} name */
const field = (name) => /** @type {HTMLInputElement | HTMLSelectElement} */ (form.elements.namedItem(name));

/** Shows what the fields ask for. */
const applyFilter = () => {
  const text = field('text').value.trim().toLowerCase();
  const [area, verdict] = [field('area').value, field('verdict').value];
  if (text === '' && area === '' && verdict === '' && rows === null) return;
  const { findings, clauses } = allRows();
  const count = (/** @type {Row[]} */ list) => {
    let left = 0;
    for (const row of list) {
      const fits =
        (text === '' || row.text.includes(text)) &&
        (area === '' || row.area === area) &&
        (verdict === '' || row.verdicts.includes(verdict));
      row.element.hidden = !fits;
      if (fits) left++;
    }
    return left;
  };
  const [ofFindings, ofClauses] = [count(findings), count(clauses)];
  for (const group of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('.cause, .area'))) {
    group.hidden = group.querySelector('.finding:not([hidden]), tbody tr:not([hidden])') === null;
  }
  const of = (/** @type {number} */ left, /** @type {number} */ all, /** @type {string} */ what) =>
    `${left.toLocaleString('en')} of ${all.toLocaleString('en')} ${what}`;
  shown.textContent = `${of(ofFindings, findings.length, 'findings')}, ${of(ofClauses, clauses.length, 'clauses')}`;
};

/** Keeps the fields in the address; a page that may not change it does without. */
const keepFilter = () => {
  const address = new URL(location.href);
  for (const name of FIELDS) {
    const { value } = field(name);
    if (value === '') address.searchParams.delete(name);
    else address.searchParams.set(name, value);
  }
  try {
    history.replaceState(null, '', address);
  } catch {
    // In a frame without an origin of its own.
  }
};

const readFilter = () => {
  const asked = new URLSearchParams(location.search);
  for (const name of FIELDS) {
    const input = field(name);
    input.value = asked.get(name) ?? '';
    // A value that there is not leaves a select empty.
    if (input instanceof HTMLSelectElement && input.selectedIndex < 0) input.value = '';
  }
  applyFilter();
};

/** @type {Map<string, Promise<string[]>>} */
const packs = new Map();
const PACK = 64;

/**
 * The drawings of a pack.
 *
 * @param {string} id
 * @returns {Promise<string[]>}
 */
const unpacked = async (id) => {
  const text = document.getElementById(id)?.textContent ?? null;
  if (text === null) throw new Error('there is no such pack');
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return JSON.parse(await new Response(stream).text());
};

/**
 * Puts a packed drawing in its place. It is HTML that the suite wrote, with all texts escaped.
 *
 * @param {HTMLElement} place
 */
const unpack = async (place) => {
  const at = Number(place.dataset.packed);
  const id = `pack-${Math.floor(at / PACK)}`;
  const pack = packs.get(id) ?? unpacked(id);
  packs.set(id, pack);
  try {
    place.innerHTML = (await pack)[at % PACK] ?? '';
    place.removeAttribute('data-packed');
    complete(place);
  } catch {
    place.textContent = 'There was no room for its drawing; the command shows it again.';
  }
};

/** @param {string} text */
const copy = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
};

/** @param {HTMLElement} replay */
const addCopyButton = (replay) => {
  if (replay.querySelector('button') !== null) return;
  const code = /** @type {HTMLElement} */ (replay.querySelector('code'));
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Copy';
  button.title = 'Copy the command that shows it again';
  button.addEventListener('click', async () => {
    const copied = await copy(code.textContent ?? '');
    // Where nothing may be copied, the command is selected, so that a key does it.
    if (!copied) getSelection()?.selectAllChildren(code);
    button.textContent = copied ? 'Copied' : 'Selected';
    setTimeout(() => (button.textContent = 'Copy'), 2000);
  });
  replay.append(button);
};

/** @param {HTMLElement} part - which is seen from now on */
const complete = (part) => {
  part.querySelectorAll('.replay').forEach((one) => addCopyButton(/** @type {HTMLElement} */ (one)));
  part.querySelectorAll('[data-packed]').forEach((one) => unpack(/** @type {HTMLElement} */ (one)));
};

/** Shows what the address points at, also where it is folded or filtered away. */
const showTarget = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target === null) return;
  if (target.closest('[hidden]') !== null) form.reset();
  if (target instanceof HTMLDetailsElement) target.open = true;
  target.querySelector('details')?.setAttribute('open', '');
  target.scrollIntoView();
};

document.addEventListener(
  'toggle',
  ({ target }) => {
    if (target instanceof HTMLDetailsElement && target.open && target.matches('.finding')) complete(target);
  },
  true,
);
document.querySelectorAll('.finding[open]').forEach((one) => complete(/** @type {HTMLElement} */ (one)));
form.hidden = false;
form.addEventListener('submit', (event) => event.preventDefault());
form.addEventListener('input', () => {
  applyFilter();
  keepFilter();
});
form.addEventListener('reset', () => {
  // The fields are empty after the event.
  queueMicrotask(() => {
    for (const name of FIELDS) field(name).value = '';
    applyFilter();
    keepFilter();
  });
});
document.addEventListener('keydown', (event) => {
  const typing = event.target instanceof Element && event.target.matches('input, select, textarea');
  if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  field('text').focus();
});
addEventListener('hashchange', showTarget);
addEventListener('popstate', readFilter);
readFilter();
showTarget();
