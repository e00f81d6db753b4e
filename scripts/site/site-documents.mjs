// A plugin of typedoc: a page of the documentation has the name that its first heading gives, and
// its place in the navigation by its folder.

import { Converter } from 'typedoc';

/** Where a page stands in the navigation: the first pattern that its path matches. */
const PLACES = /** @type {const} */ ([
  [/conformance\/guides\//, 'Guides'],
  [/spec\/clauses\//, 'Clauses'],
  [/spec\//, 'Specification'],
  [/conformance\/expectations\//, 'Findings'],
]);

/** @param {import('typedoc').Application} app */
export function load(app) {
  app.converter.on(Converter.EVENT_CREATE_DOCUMENT, (_context, document) => {
    const text = document.content.map(({ text }) => text).join('');
    const file = document.project.files.getReflectionPath(document) ?? '';
    document.name = /^# (.+)$/m.exec(text)?.[1] ?? document.name;
    document.frontmatter['group'] = PLACES.find(([pattern]) => pattern.test(file))?.[1] ?? 'Documents';
  });
}
