import { describe, expect, it } from 'vitest';
import type { Finding } from '../model/finding.js';
import type { Header } from '../run/header.js';
import { replayCommand, resumeCommand } from './command-line.js';

const OPTIONS: Header['options'] = {
  cases: 0,
  decisions: 256,
  depth: 'decision',
  exhaustive: true,
  time: 60_000,
  backendId: null,
  policy: 'upstream',
  profile: null,
  require: [],
};

function headerOf(subject: string, options: Partial<Header['options']>): Header {
  const named = { subject: { name: subject }, seed: '7', filter: 'WSB-PREC-*' };
  return { ...named, options: { ...OPTIONS, ...options } } as Header;
}

const SIMULATED = headerOf('so:my lib.so', { backendId: 'Acme', lacks: ['module', 'execute'] });
const REAL = headerOf('native', { policy: null, tensorrt: { folder: '/opt/trt', cudart: null } });
const NAMED = headerOf('native', { policy: null, tensorrt: { folder: null, cudart: '/cudart.so.13' } });

describe('resumeCommand', () => {
  it('has everything that the run depends on', () => {
    expect(resumeCommand(SIMULATED, 'reports')).toBe(
      "npx trt-conformance run --subject 'so:my lib.so' --backend-id Acme --lacks module,execute --policy upstream " +
        '--cases 0 --decisions 256 --depth decision --exhaustive --time 60s --seed 7 ' +
        "--filter 'WSB-PREC-*' --report reports --resume",
    );
  });

  it('has what has to be demonstrated', () => {
    const header = headerOf('native', { profile: 'budget', require: ['-WSB-PREC-*', 'WSB-OPT-06'] });
    expect(resumeCommand(header, 'reports')).toContain(
      " --profile budget --require '-WSB-PREC-*' --require WSB-OPT-06 --seed 7 ",
    );
  });

  it('has the lists of what the subject is known to fail', () => {
    const header = headerOf('native', { expectations: ['a.json', 'my list.json'] });
    expect(resumeCommand(header, 'reports')).toContain(
      " --expectations a.json --expectations 'my list.json' --seed 7 ",
    );
  });

  it('has every query that chose the cases', () => {
    const header = { ...SIMULATED, filter: ['WSB-PREC-*', '!generated', 'WSB-PARSE-03/control/a, b'] };
    expect(resumeCommand(header, 'reports')).toContain(
      " --filter 'WSB-PREC-*' --filter '!generated' --filter 'WSB-PARSE-03/control/a, b' --report ",
    );
    expect(resumeCommand({ ...SIMULATED, filter: null }, 'reports')).not.toContain('--filter');
  });

  it('has what ends the run early, and how long a case may take', () => {
    const header = headerOf('native-process', { failFast: true, budget: 90_000, timeout: 1500 });
    const command = resumeCommand(header, 'reports');
    expect(command).toContain('run --subject native-process --policy upstream --timeout 1500ms --cases');
    expect(command).toContain(' --fail-fast --budget 90s ');
    expect(replayCommand(header, 'reports', { fingerprint: 'abc' } as Finding)).toMatch(
      / --timeout 1500ms --case reports\/findings\/abc.json$/,
    );
  });

  it('names the TensorRT, on which nothing is generated', () => {
    expect(resumeCommand(REAL, 'reports')).toBe(
      "npx trt-conformance run --subject native --tensorrt /opt/trt --seed 7 --filter 'WSB-PREC-*' --report reports --resume",
    );
  });
});

describe('replayCommand', () => {
  const finding = { fingerprint: 'abc' } as Finding;

  it.each([
    [SIMULATED, "--subject 'so:my lib.so' --backend-id Acme --lacks module,execute --policy upstream"],
    [REAL, '--subject native --tensorrt /opt/trt'],
    [NAMED, '--subject native --tensorrt --cudart /cudart.so.13'],
  ])('says what is run', (header, what) => {
    const command = `npx trt-conformance run ${what} --case reports/findings/abc.json`;
    expect(replayCommand(header, 'reports', finding)).toBe(command);
  });
});
