import { AREAS } from '../../spec/areas.js';
import type { Clause } from '../../spec/clause.js';
import { clauseResults, type ClauseResult, type RoleCounts } from '../clause-results.js';
import { standingOf, type Standing } from '../compare-reports.js';
import type { ToldReport } from '../told-report.js';
import type { PageFinding } from './causes.js';
import { findingId } from './finding-part.js';
import { markup, type Markup } from './markup.js';
import { ruleText } from './rule-text.js';
import { badge, type Tone } from './verdict-words.js';

const TONES: Readonly<Record<Standing, Tone>> = { broken: 'bad', kept: 'good', 'not shown': 'plain' };
const ROLES = ['control', 'violation', 'boundary'] as const;

/** Everything that the tables of clauses are made from. */
export interface ClausesGiven {
  readonly reports: readonly ToldReport[];
  readonly clauses: readonly Clause[];
  readonly findings: readonly PageFinding[];
}

/**
 * The clauses by area. Of one subject a row has the evidence: how many control, violation and
 * boundary cases were delivered, passed and failed. Of several it has a column for each of them.
 */
export function clausesPart({ reports, clauses, findings }: ClausesGiven): Markup {
  const columns = reports.map((report, at) => {
    const told = { cases: report.cases, findings: report.findings.map(({ finding }) => finding) };
    const own = findings.filter(({ subject }) => subject === at);
    return {
      name: report.header.subject.name,
      report,
      results: new Map(clauseResults(told).map((result) => [result.clause, result])),
      through: throughOf(report),
      findings: new Map(own.toReversed().map((one) => [one.finding.clause, one])),
    };
  });
  return markup`${AREAS.map(({ name }) => {
    const rules = clauses.filter(({ area }) => area === name);
    return rules.length === 0 ? null : areaTable(name, rules, columns);
  })}`;
}

/** Of each clause whose cases fail because another clause is broken: which one that is. */
function throughOf({ cases, findings }: ToldReport): ReadonlyMap<string, ReadonlySet<string>> {
  const clauseOf = new Map(findings.map(({ finding }) => [finding.fingerprint, finding.clause]));
  const through = new Map<string, Set<string>>();
  for (const { case: one, finding } of cases) {
    const [own] = one.clauses;
    const broken = clauseOf.get(finding ?? '');
    if (own === undefined || broken === undefined || broken === own) continue;
    through.set(own, (through.get(own) ?? new Set()).add(broken));
  }
  return through;
}

interface Column {
  readonly name: string;
  readonly report: ToldReport;
  readonly results: ReadonlyMap<string, ClauseResult>;
  readonly through: ReadonlyMap<string, ReadonlySet<string>>;
  /** The first finding of each clause. */
  readonly findings: ReadonlyMap<string, PageFinding>;
}

function areaTable(area: string, rules: readonly Clause[], columns: readonly Column[]): Markup {
  const [only, second] = columns;
  const heads =
    only !== undefined && second === undefined ? [...ROLES, 'stands'] : columns.map(({ name }) => name);
  return markup`<section class="area" data-area="${area}">
    <h3>${area}</h3>
    <div class="scroll" role="region" aria-label="Clauses of ${area}" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">clause</th>
            ${heads.map((head) => markup`<th scope="col">${head}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rules.map((clause) => clauseRow(clause, columns))}
        </tbody>
      </table>
    </div>
  </section>`;
}

function clauseRow(clause: Clause, columns: readonly Column[]): Markup {
  const verdicts = columns.flatMap((column) => verdictsOf(clause, column));
  const [only, second] = columns;
  const cells =
    only !== undefined && second === undefined
      ? evidenceCells(clause, only)
      : columns.map(
          (column) =>
            markup`<td>${standingText(clause, column)}${countsText(clause, column)}${throughText(clause, column)}</td>`,
        );
  return markup`<tr id="${clause.id}" data-verdict="${[...new Set(verdicts)].join(' ')}">
    <th scope="row">
      <details>
        <summary>
          <span class="id">${clause.id}</span> ${clause.title} <span class="level">${clause.level}</span>
        </summary>
        <p>${ruleText(clause.sentence)}</p>
      </details>
    </th>
    ${cells}
  </tr>`;
}

function verdictsOf({ id }: Clause, { report, results, findings }: Column): readonly string[] {
  const verdicts = Object.entries(results.get(id)?.verdicts ?? {});
  const found = findings.get(id)?.finding.verdict;
  return [
    ...verdicts.flatMap(([verdict, count]) => (count > 0 ? [verdict] : [])),
    ...(found === undefined ? [] : [found]),
    ...(standingOf(id, report) === 'not shown' || isMissing(id, report) ? ['not-shown'] : []),
  ];
}

function isMissing(id: string, { demonstrated }: ToldReport): boolean {
  return demonstrated?.missing.includes(id) === true;
}

function evidenceCells(clause: Clause, column: Column): readonly Markup[] {
  const roles = column.results.get(clause.id)?.roles;
  return [
    ...ROLES.map((role) => markup`<td>${roles === undefined ? '–' : roleText(roles[role])}</td>`),
    markup`<td>${standingText(clause, column)}${throughText(clause, column)}</td>`,
  ];
}

/** Such as `4 of 5 passed`, and what failed. */
function roleText({ delivered, passed, failed }: RoleCounts): Markup {
  if (delivered === 0) return markup`<span class="none">none delivered</span>`;
  const told = markup`<span class="passed">${passed} of ${delivered} passed</span>`;
  return failed === 0 ? told : markup`${told} <span class="failed">${failed} failed</span>`;
}

function standingText(clause: Clause, column: Column): Markup {
  const { id } = clause;
  const standing = standingOf(id, column.report);
  const words = standingWords(clause, standing, column);
  const said = badge(words, isMissing(id, column.report) && standing !== 'broken' ? 'open' : TONES[standing]);
  const found = column.findings.get(id);
  return found === undefined ? said : markup`<a href="#${findingId(found)}">${said}</a>`;
}

/** Which other clauses the failures of a clause's cases are due to; null where none is. */
function throughText({ id }: Clause, { through }: Column): Markup | null {
  const others = [...(through.get(id) ?? [])].sort();
  return others.length === 0
    ? null
    : markup`<span class="through">what failed is due to ${others.join(', ')}</span>`;
}

/** How clauses are judged that no load shows. */
const NO_LOADS: readonly string[] = ['program', 'exporter'] satisfies Clause['judgedBy'][];

function standingWords({ id, judgedBy }: Clause, standing: Standing, { report }: Column): string {
  if (isMissing(id, report)) {
    return standing === 'not shown' ? 'not demonstrated' : `${standing}, not all shown`;
  }
  return standing === 'not shown' && NO_LOADS.includes(judgedBy) ? 'not about loads' : standing;
}

function countsText({ id }: Clause, { results }: Column): Markup | null {
  const roles = results.get(id)?.roles;
  if (roles === undefined) return null;
  const sum = (name: 'passed' | 'delivered'): number =>
    ROLES.reduce((total, role) => total + roles[role][name], 0);
  return markup` <span class="passed">${sum('passed')} of ${sum('delivered')}</span>`;
}
