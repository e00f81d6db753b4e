import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { visibleJson } from '../model/visible-text.js';
import { shellWord } from './shell-word.js';

/** What a vendor's repository gets. */
export interface InitChoices {
  /** The language of the adapter; null where a shared library needs none. */
  readonly language: 'cpp' | 'python' | null;
  /** The shared library that registers a backend, as given; null for an adapter. */
  readonly library: string | null;
  readonly ci: 'github' | 'gitlab';
  /** Version of this package. */
  readonly version: string;
}

/** The folder of what belongs to the suite. */
const FOLDER = 'conformance';
const EXPECTATIONS = `${FOLDER}/expectations.json`;
const BUILD = [
  `cmake -S ${FOLDER} -B build/${FOLDER} -DCMAKE_BUILD_TYPE=Release`,
  `cmake --build build/${FOLDER}`,
].join(' && ');

/** For a first verdict within a minute or so; all written cases are run. */
const FEW = '--cases 20000 --decisions 20000';

/** What `--subject` names. */
export function subjectOf({ language, library }: InitChoices): string {
  if (library !== null) return `so:${library}`;
  return language === 'cpp' ? `exec:build/${FOLDER}/subject` : `exec:python3 ${FOLDER}/subject.py`;
}

/** The commands to give next, in the folder that was filled. */
export function nextCommands(choices: InitChoices): readonly string[] {
  const subject = `--subject ${shellWord(subjectOf(choices))}`;
  return [
    ...(choices.language === 'cpp' ? [BUILD] : []),
    `npx trt-conformance smoke ${subject}`,
    `npx trt-conformance run ${subject} --expectations ${EXPECTATIONS} ${FEW}`,
    ...(choices.language === 'cpp'
      ? []
      : [
          `npx trt-conformance expectations init --reason 'why it fails' --link 'where more is said' --out known.json`,
        ]),
  ];
}

/**
 * The files to write, by their paths below the vendor's folder.
 *
 * @param root the folder of the suite
 */
export function initFiles(root: string, choices: InitChoices): ReadonlyMap<string, string> {
  const { ci } = choices;
  const json = (value: object): string => `${visibleJson(value, null, 2)}\n`;
  return new Map([
    ...adapterFiles(root, choices),
    [EXPECTATIONS, json({ subject: subjectOf(choices), failures: [] })],
    [
      'trt-conformance.config.json',
      json({
        $schema: './node_modules/trt-delegate-conformance/spec/schemas/config.schema.json',
        subject: subjectOf(choices),
        expectations: [EXPECTATIONS],
      }),
    ],
    ci === 'github'
      ? ['.github/workflows/trt-conformance.yml', githubWorkflow(choices)]
      : ['.gitlab-ci.trt-conformance.yml', gitlabJob(choices)],
    [`${FOLDER}/README.md`, readme(choices)],
  ]);
}

function adapterFiles(root: string, { language }: InitChoices): readonly [string, string][] {
  const kit = (name: string): string => readFileSync(join(root, 'native/kit', name), 'utf8');
  if (language === 'python') {
    return [[`${FOLDER}/subject.py`, kit('subject.py').replaceAll('native/kit/', `${FOLDER}/`)]];
  }
  if (language === null) return [];
  const source = kit('subject.cpp')
    .replace('g++ -std=c++17 -O2 -o subject native/kit/subject.cpp', BUILD.replace(' && ', '\n//   '))
    .replace('exec:./subject', `exec:build/${FOLDER}/subject`);
  return [
    [`${FOLDER}/subject.cpp`, source],
    [`${FOLDER}/budget_rules.h`, kit('budget_rules.h')],
    [`${FOLDER}/CMakeLists.txt`, CMAKE],
  ];
}

const CMAKE = `# The adapter between your delegate and the conformance suite: link it to your delegate here.
cmake_minimum_required(VERSION 3.16)
project(trt_conformance_subject LANGUAGES CXX)

add_executable(subject subject.cpp)
target_compile_features(subject PRIVATE cxx_std_17)
`;

function githubWorkflow(choices: InitChoices): string {
  const steps = ciCommands(choices)
    .map((command) => `      - run: ${JSON.stringify(command)}\n`)
    .join('');
  return `# Whether the delegate keeps the rules of the weight streaming budget.
name: trt-conformance
on: [push, pull_request]
permissions:
  contents: read
jobs:
  conformance:
    runs-on: ubuntu-latest
    timeout-minutes: 30
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 20
${steps}      - if: always()
        uses: actions/upload-artifact@v4
        with:
          name: conformance-report
          path: conformance-report/
`;
}

function gitlabJob(choices: InitChoices): string {
  const steps = ciCommands(choices)
    .map((command) => `    - ${JSON.stringify(command)}\n`)
    .join('');
  return `# Whether the delegate keeps the rules of the weight streaming budget. In .gitlab-ci.yml:
#   include: .gitlab-ci.trt-conformance.yml
trt-conformance:
  # Node 20, Python 3 and a C++ compiler.
  image: node:20-bookworm
  script:
${steps}  artifacts:
    when: always
    paths:
      - conformance-report/
    reports:
      junit: conformance-report/junit.xml
`;
}

/** What a pipeline runs: the package of this version, then the build and the run. */
function ciCommands(choices: InitChoices): readonly string[] {
  const { version, language, ci } = choices;
  const reporters =
    ci === 'github' ? '--reporter github --reporter summary="$GITHUB_STEP_SUMMARY"' : '--reporter junit';
  const subject = shellWord(subjectOf(choices));
  return [
    `npm install --no-save trt-delegate-conformance@${version}`,
    ...(language === 'cpp' ? [BUILD] : []),
    `npx trt-conformance run --subject ${subject} --expectations ${EXPECTATIONS} ${reporters}`,
  ];
}

function readme(choices: InitChoices): string {
  const commands = nextCommands(choices).slice(0, choices.language === 'cpp' ? 3 : 2);
  return `# Conformance

Whether this delegate keeps the rules of the weight streaming budget, as trt-delegate-conformance has them:

\`\`\`sh
npm install --save-dev trt-delegate-conformance@${choices.version}
${commands.join('\n')}
\`\`\`

Without \`--cases\` and \`--decisions\` it runs many more generated cases. It ends with 0 when it does, with 1 when a rule is broken, and with 5 when not all was shown. What it is
known to fail stands in [expectations.json](expectations.json), each with a reason, a link and a last day:

\`\`\`json
{
  "clause": "WSB-PARSE-03",
  "reason": "A plus before the number is taken.",
  "link": "https://example.org/issues/1",
  "until": "2027-01-31"
}
\`\`\`
`;
}
