import { posix, join } from 'node:path';
import type { Clause } from '../spec/clause.js';
import { isCheckout } from '../native-home.js';
import { findAnchors, findLinks, withoutCode } from '../spec/links.js';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { loadClauses } from '../spec/load-clauses.js';

/** Something wrong in the specification or in what belongs to it, and where. */
export interface SpecFinding {
  /** Path below the root of the suite. */
  readonly file: string;
  /** Line, from 1; null when the finding is about no line in particular. */
  readonly line: number | null;
  /** A sentence without its full stop. */
  readonly message: string;
}

/** A finding on one line, place first, as compilers write them. */
export function specFindingText({ file, line, message }: SpecFinding): string {
  return `${file}${line === null ? '' : `:${line}`}: ${message}`;
}

/** A Markdown file of the project; `file` is its path below the root. */
export interface SpecDocument {
  readonly file: string;
  readonly text: string;
}

/** What the checks look at; `exists` says whether a path below the root is a file or a folder. */
export interface SpecText {
  readonly clauses: readonly Clause[];
  readonly documents: readonly SpecDocument[];
  readonly exists: (path: string) => boolean;
  /** Whether all is there that pages lead to: a package as it is published has no sources. */
  readonly isWhole: boolean;
}

const CHANGELOG = 'spec/CHANGELOG.md';

const SOURCES = [
  /^`(?:pytorch\/TensorRT|pytorch\/executorch|NVIDIA\/TensorRT) [\w./+-]+`$/,
  /^observed on the released binary \d+\.\d+\.\d+$/,
  /^measured on TensorRT [\d.]+, H100$/,
  /^\[ruling\]\(\.\.\/decisions\.md#[a-z0-9-]+\)$/,
];

/**
 * Checks what can be checked of the specification alone: ids without gap or repetition, no sentence
 * twice, known versions, known kinds of source, cases planned on both sides, links and mentioned
 * clauses that exist. Empty when all is well.
 */
export function checkSpec(spec: SpecText): readonly SpecFinding[] {
  return [
    ...checkNumbers(spec.clauses),
    ...checkSentences(spec.clauses),
    ...checkVersions(spec),
    ...checkSources(spec.clauses),
    ...checkCases(spec.clauses),
    ...(spec.isWhole ? checkLinks(spec) : []),
    ...checkMentions(spec),
  ];
}

function checkNumbers(clauses: readonly Clause[]): readonly SpecFinding[] {
  const counts = new Map<string, number>();
  return clauses.flatMap((clause) => {
    const count = (counts.get(clause.area) ?? 0) + 1;
    counts.set(clause.area, count);
    const expected = String(count).padStart(2, '0');
    return clause.id.endsWith(`-${expected}`)
      ? []
      : [
          at(
            clause,
            `${clause.id} stands where number ${expected} belongs; ids count up from 01 without a gap`,
          ),
        ];
  });
}

function checkSentences(clauses: readonly Clause[]): readonly SpecFinding[] {
  const first = new Map<string, Clause>();
  return clauses.flatMap((clause) => {
    const earlier = first.get(clause.textHash);
    first.set(clause.textHash, earlier ?? clause);
    return earlier === undefined ? [] : [at(clause, `${clause.id} repeats ${earlier.id} word for word`)];
  });
}

function checkVersions({ clauses, documents }: SpecText): readonly SpecFinding[] {
  const log = documents.find(({ file }) => file === CHANGELOG)?.text ?? '';
  const versions = new Set([...log.matchAll(/^## (\d+\.\d+)$/gm)].map(([, version = '']) => version));
  return clauses
    .filter(({ since }) => !versions.has(since))
    .map((clause) => at(clause, `${clause.id} is since ${clause.since}, which ${CHANGELOG} does not list`));
}

function checkSources(clauses: readonly Clause[]): readonly SpecFinding[] {
  return clauses.flatMap((clause) =>
    clause.source
      .split('; ')
      .filter((source) => !SOURCES.some((form) => form.test(source)))
      .map((source) =>
        at(
          clause,
          `${clause.id} has the source "${source}", which is not a \`repository path\`, observation, measurement or ruling`,
        ),
      ),
  );
}

function checkCases(clauses: readonly Clause[]): readonly SpecFinding[] {
  return clauses.flatMap((clause) => {
    const missing = ['control', 'violation', 'boundary'].filter((kind) => !clause.cases.includes(`${kind} `));
    return [
      ...(missing.length === 0 ? [] : [at(clause, `${clause.id} plans no ${missing.join(', no ')} case`)]),
      ...(clause.level === 'MUST' && clause.judgedBy === 'nothing'
        ? [
            at(
              clause,
              `${clause.id} is MUST, but nothing judges it; say how it is tested, or lower its level`,
            ),
          ]
        : []),
    ];
  });
}

function checkLinks({ documents, exists }: SpecText): readonly SpecFinding[] {
  const anchors = new Map(documents.map(({ file, text }) => [file, findAnchors(text)]));
  return documents.flatMap(({ file, text }) =>
    findLinks(text).flatMap(({ path, anchor, line }) => {
      const target = path === '' ? file : posix.join(posix.dirname(file), path);
      const shown = `${path}${anchor === null ? '' : `#${anchor}`}`;
      if (target.startsWith('..')) return [{ file, line, message: `the link ${shown} leaves the project` }];
      const known = anchors.get(target);
      if (known === undefined && !exists(target))
        return [{ file, line, message: `the link ${shown} leads to no file` }];
      return anchor === null || known?.has(anchor) === true
        ? []
        : [{ file, line, message: `the link ${shown} leads to no heading` }];
    }),
  );
}

function checkMentions({ clauses, documents }: SpecText): readonly SpecFinding[] {
  const ids = new Set<string>(clauses.map(({ id }) => id));
  return documents.flatMap(({ file, text }) =>
    withoutCode(text)
      .split('\n')
      .flatMap((content, index) =>
        [...content.matchAll(/\bWSB-[A-Z]+-\d+\b/g)]
          .filter(([id]) => !ids.has(id))
          .map(([id]) => ({ file, line: index + 1, message: `${id} is not a clause` })),
      ),
  );
}

function at({ file, line }: Clause, message: string): SpecFinding {
  return { file, line, message };
}

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
    isWhole: isCheckout(root),
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
