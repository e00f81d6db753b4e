import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SpecDocument, SpecText } from './check-spec.js';
import { loadClauses } from '../spec/load-clauses.js';

/** Where the project's Markdown stands, besides its README. */
const FOLDERS = ['spec', 'golden', 'native', 'conformance'];

/** Folders that hold no text of ours. */
const FOREIGN = /(?:^|\/)(?:node_modules|build|\.deps)(?:\/|$)/;

/**
 * Reads what `checkSpec` looks at: the clauses, and all Markdown of the project below `root`.
 *
 * @throws SpecificationError when a file of clauses cannot be read as one.
 */
export function loadSpec(root: string): SpecText {
  return {
    clauses: loadClauses(root),
    documents: documentFiles(root).map((file) => readDocument(root, file)),
    exists: (path) => existsSync(join(root, path)),
  };
}

function documentFiles(root: string): readonly string[] {
  const below = FOLDERS.filter((folder) => existsSync(join(root, folder))).flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
      .filter((path) => path.endsWith('.md') && !FOREIGN.test(path)),
  );
  return ['README.md', ...below.sort()].filter((file) => existsSync(join(root, file)));
}

function readDocument(root: string, file: string): SpecDocument {
  return { file, text: readFileSync(join(root, file), 'utf8') };
}
