import type { Finding } from '../model/finding.js';
import { findingFile } from '../report/report-folder.js';
import type { Header } from '../run/header.js';
import { durationText } from './arguments.js';
import { LOADING_SUBJECT } from './exporter-options.js';
import { shellWord } from './shell-word.js';

/** The command that shows a finding of a run again, whose report is in that folder. */
export function replayCommand(header: Header, folder: string, finding: Finding): string {
  return `${subjectCommand(header)} --case ${shellWord(findingFile(folder, finding))}`;
}

/** What the command is for that {@link resumeCommand} gives: no run of an exporter is continued. */
export function resumeWords({ options: { exporter } }: Pick<Header, 'options'>): string {
  return exporter === undefined ? 'continue' : 'repeat';
}

/**
 * The command that continues the run of a report that is under way, in its folder; for a run of an
 * exporter, which takes seconds, the one that begins it anew.
 */
export function resumeCommand(header: Header, folder: string): string {
  const { seed, filter, options, shard } = header;
  const {
    cases,
    decisions,
    depth,
    exhaustive,
    time,
    changedSince,
    failFast,
    budget,
    tensorrt,
    profile,
    require,
    expectations = [],
  } = options;
  const isExporter = options.exporter !== undefined;
  const generated = [
    isExporter ? `--cases ${cases}` : `--cases ${cases} --decisions ${decisions}`,
    ...(depth === 'both' || isExporter ? [] : [`--depth ${depth}`]),
    ...(exhaustive ? ['--exhaustive'] : []),
    ...(time === null ? [] : [`--time ${durationText(time)}`]),
  ];
  return [
    subjectCommand(header),
    ...(tensorrt === undefined ? generated : []),
    ...(changedSince === undefined ? [] : [`--changed-since ${shellWord(changedSince.report)}`]),
    ...(failFast === true ? ['--fail-fast'] : []),
    ...(budget === undefined ? [] : [`--budget ${durationText(budget)}`]),
    ...(profile === null ? [] : [`--profile ${profile}`]),
    ...require.map((name) => `--require ${shellWord(name)}`),
    ...expectations.map((file) => `--expectations ${shellWord(file)}`),
    `--seed ${seed}`,
    ...[filter ?? []].flat().map((query) => `--filter ${shellWord(query)}`),
    ...(shard === undefined ? [] : [`--shard ${shard.number}/${shard.of}`]),
    `--report ${shellWord(folder)}${isExporter ? '' : ' --resume'}`,
  ].join(' ');
}

/** The part of a command that says what is run. */
function subjectCommand({ subject, options }: Header): string {
  const { backendId, policy, env = [], lacks = [], timeout, config, tensorrt, exporter } = options;
  const { folder = null, cudart = null } = tensorrt ?? {};
  const chosen = exporter === undefined ? `--subject ${shellWord(subject.name)}` : exporterWords(exporter);
  return [
    `npx trt-conformance run ${chosen}`,
    ...(tensorrt === undefined ? [] : [folder === null ? '--tensorrt' : `--tensorrt ${shellWord(folder)}`]),
    ...(cudart === null ? [] : [`--cudart ${shellWord(cudart)}`]),
    ...(backendId === null ? [] : [`--backend-id ${shellWord(backendId)}`]),
    ...(lacks.length === 0 ? [] : [`--lacks ${lacks.join(',')}`]),
    ...(policy === null ? [] : [`--policy ${policy}`]),
    ...(config === undefined ? [] : [config === null ? '--no-config' : `--config ${shellWord(config)}`]),
    ...(timeout === undefined ? [] : [`--timeout ${durationText(timeout)}`]),
    ...env.map((name) => `--env ${shellWord(name)}`),
  ].join(' ');
}

/** An exporter, and the delegate that loads what it writes where that is another than usual. */
function exporterWords({ name, delegate }: NonNullable<Header['options']['exporter']>): string {
  const loads = delegate === LOADING_SUBJECT ? '' : ` --subject ${shellWord(delegate)}`;
  return `--exporter ${shellWord(name)}${loads}`;
}
