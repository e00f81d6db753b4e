/**
 * The areas of the specification, in the order in which tables and reports list them. An area is a
 * file of spec/clauses, named for it, and the middle part of its clause ids.
 */
export const AREAS = [
  { name: 'parsing', code: 'PARSE' },
  { name: 'options', code: 'OPT' },
  { name: 'precedence', code: 'PREC' },
  { name: 'application', code: 'APPLY' },
  { name: 'engines', code: 'MULTI' },
  { name: 'methods', code: 'METHOD' },
  { name: 'failure', code: 'FAIL' },
  { name: 'lifecycle', code: 'LIFE' },
  { name: 'blob', code: 'BLOB' },
  { name: 'program', code: 'PROG' },
  { name: 'devices', code: 'DEV' },
  { name: 'memory', code: 'MEM' },
  { name: 'automatic', code: 'AUTO' },
  { name: 'set-option', code: 'SET' },
  { name: 'export', code: 'EXPORT' },
] as const;

/** One of {@link AREAS}. */
export type Area = (typeof AREAS)[number];

/** The name of an area, such as `parsing`. */
export type AreaName = Area['name'];

/** Where the clauses of an area stand: a path below the root of the suite. */
export function areaFile(area: Area): string {
  return `spec/clauses/${area.name}.md`;
}

/** The area that a clause id belongs to; null when there is no such area. */
export function areaOf(clause: string): Area | null {
  const code = /^WSB-([A-Z]+)-\d{2}$/.exec(clause)?.[1];
  return AREAS.find((area) => area.code === code) ?? null;
}
