/**
 * Which folder may import which, held by `npm run lint`. The picture of it is in CONTRIBUTING.md.
 *
 * LAYERS is ordered: a folder may import those below it and itself, never one above. A folder that
 * is not listed may import nothing of the suite, so that a new one has to be given its place here.
 */
const LAYERS = [
  'conformance/cli',
  'conformance/api',
  'conformance/bench',
  'conformance/mutants',
  'conformance/fuzz',
  'conformance/fuzz/targets',
  'conformance/sanitize',
  'conformance/differential',
  'conformance/hardware',
  'conformance/hardware/cost',
  'conformance/hardware/sweep',
  'conformance/hardware/device-checks',
  'conformance/hardware/tensorrt',
  'conformance/hardware/recordings',
  'conformance/planning',
  'conformance/report/formats',
  'conformance/report/page',
  'conformance/report',
  'conformance/exporter',
  'conformance/run',
  'conformance/run/shards',
  'conformance/run/sections',
  'conformance/run/state',
  'conformance/run/shrink',
  'conformance/run/again',
  'conformance/run/blocks',
  'conformance/run/plan',
  'conformance/bulk',
  'conformance/expectations',
  'conformance/golden',
  'conformance/attribution',
  'conformance/testing/faulty-subjects',
  'conformance/bulk/flat',
  'conformance/coverage',
  'conformance/cases',
  'conformance/testing',
  'conformance/testing/steps',
  'conformance/subjects',
  'conformance/process',
  'conformance/protocol',
  'conformance/oracle',
  'conformance/generators',
  'conformance/generators/dimensions',
  'conformance/catalogue',
  'conformance/wire/json',
  'conformance/wire',
  'conformance/drawing',
  'conformance/model/scenario',
  'conformance/model',
  'conformance/spec',
  'conformance/files',
  'conformance/chart',
  'conformance',
  'reference',
  'reference/wrong-rules',
  'reference/exporter',
  'reference/explain',
  'reference/host',
  'reference/delegate',
  'reference/program',
  'reference/program/generated',
  'reference/engine',
  'reference/rules',
  'reference/blob',
  'reference/plan',
  'reference/request',
  'reference/outcome',
  'reference/text',
  'reference/source',
];

const SUITE = '^(conformance|reference)/';
const GENERATED = '^reference/program/generated/';

/** The files of a folder, not those of the folders in it; what flatc generates is one thing. */
const filesOf = (folder) => (folder === 'reference/program/generated' ? GENERATED : `^${folder}/[^/]+$`);

const directions = LAYERS.map((folder, at) => ({
  name: `${folder} imports what is below it alone`,
  comment: `Move the import's target down, or ${folder} up, in LAYERS of .dependency-cruiser.cjs.`,
  severity: 'error',
  from: { path: filesOf(folder) },
  to: {
    path: SUITE,
    pathNot: LAYERS.slice(at).map(filesOf),
  },
}));

module.exports = {
  forbidden: [
    {
      name: 'no file imports itself through others',
      comment: 'Move what both sides need into a file of its own.',
      severity: 'error',
      from: { pathNot: GENERATED },
      to: { circular: true },
    },
    {
      name: 'no folder imports itself through others',
      comment: 'Move what both sides need into a folder below them.',
      severity: 'error',
      scope: 'folder',
      from: { pathNot: GENERATED },
      to: { circular: true },
    },
    {
      name: 'every folder has its place in LAYERS',
      severity: 'error',
      from: { path: SUITE, pathNot: LAYERS.map(filesOf) },
      to: { path: SUITE },
    },
    ...directions,
  ],
  options: {
    includeOnly: SUITE,
    exclude: '[.]test[.]ts$',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
  },
};
