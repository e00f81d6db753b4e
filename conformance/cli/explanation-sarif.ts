import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Explanation } from '../../reference/index.js';
import { lineList, visibleJson, visibleLine, type VisibleText } from '../model/visible-text.js';
import type { Clause } from '../spec/clause.js';
import { explainedFindings, type PlacedFinding } from './explained-findings.js';

/** What was explained. */
export interface ExplainedFile {
  /** As it was given. */
  readonly file: string;
  readonly explanation: Explanation;
}

/** The rule of what no clause says. */
const WITHOUT_CLAUSE = 'note';

/**
 * What was found in programs, in SARIF 2.1.0: a rule for each clause that is named, a result for
 * each finding, at its file and, as a logical location, its method and delegate.
 *
 * @param version of this package
 */
export function explanationSarif(
  files: readonly ExplainedFile[],
  clauses: readonly Clause[],
  version: string,
): VisibleText {
  const placed = files.flatMap(({ file, explanation }) =>
    explainedFindings(explanation).map((one) => ({ file, ...one })),
  );
  const named = [...new Set(placed.map(({ finding }) => finding.clause ?? WITHOUT_CLAUSE))].sort();
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'trt-conformance explain',
            version,
            rules: named.map((id) => ruleOf(id, clauses)),
          },
        },
        artifacts: files.map(({ file }) => ({ location: { uri: uriOf(file) } })),
        results: placed.map((one) => resultOf(one, files, named)),
        columnKind: 'utf16CodeUnits',
      },
    ],
  };
  return lineList([visibleJson(log, null, 2)]);
}

function ruleOf(id: string, clauses: readonly Clause[]): object {
  const clause = clauses.find((one) => one.id === id);
  if (clause === undefined) return { id, shortDescription: { text: 'Worth knowing; no clause says so.' } };
  return {
    id,
    shortDescription: { text: `${clause.title}.` },
    fullDescription: { text: clause.sentence },
    properties: { level: clause.level, area: clause.area },
  };
}

function resultOf(
  { file, finding, place }: PlacedFinding & { readonly file: string },
  files: readonly ExplainedFile[],
  named: readonly string[],
): object {
  const ruleId = finding.clause ?? WITHOUT_CLAUSE;
  const index = files.findIndex((one) => one.file === file);
  return {
    ruleId,
    ruleIndex: named.indexOf(ruleId),
    level: finding.level,
    message: { text: `${place === '' ? '' : `${visibleLine(place)}: `}${visibleLine(finding.message)}.` },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: uriOf(file), index } },
        ...(place === ''
          ? {}
          : { logicalLocations: [{ fullyQualifiedName: visibleLine(place), kind: 'object' }] }),
      },
    ],
  };
}

/** A path as a URI: of a file of this machine where it is absolute, else below where one is. */
function uriOf(file: string): string {
  if (isAbsolute(file)) return pathToFileURL(file).href;
  return file
    .split('/')
    .map((part) => encodeURIComponent(part))
    .join('/');
}
