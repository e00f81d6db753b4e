import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadSchemas } from '../spec/schemas.js';
import { suiteRoot } from '../suite-root.js';
import { capturedMain } from './captured-main.js';

const root = suiteRoot();
const scratch = mkdtempSync(join(tmpdir(), 'init-'));
const schemas = loadSchemas(root);

afterAll(() => {
  rmSync(scratch, { recursive: true });
});

const read = (folder: string, file: string): string => readFileSync(join(folder, file), 'utf8');

describe('trt-conformance init', () => {
  it('writes lists and settings that keep to their schemas', async () => {
    const folder = join(scratch, 'py é');
    expect((await capturedMain('init', folder, '--language', 'python')).code).toBe(0);
    expect(schemas.faults('expectations', JSON.parse(read(folder, 'conformance/expectations.json')))).toEqual(
      [],
    );
    expect(schemas.faults('config', JSON.parse(read(folder, 'trt-conformance.config.json')))).toEqual([]);
  });

  it('writes over nothing, says what is there, and does with --force', async () => {
    const folder = join(scratch, 'kept');
    mkdirSync(join(folder, 'conformance'), { recursive: true });
    writeFileSync(join(folder, 'conformance/subject.cpp'), 'mine');
    symlinkSync('/nowhere', join(folder, 'trt-conformance.config.json'));
    const refused = await capturedMain('init', folder);
    expect(refused.code).toBe(2);
    expect(refused.err).toMatch(/Nothing was written: .*subject\.cpp, .*config\.json are there already/);
    expect(read(folder, 'conformance/subject.cpp')).toBe('mine');
    expect(existsSync(join(folder, 'conformance/README.md'))).toBe(false);
    rmSync(join(folder, 'trt-conformance.config.json'));
    expect((await capturedMain('init', folder, '--force')).code).toBe(0);
    expect(read(folder, 'conformance/subject.cpp')).toContain('exec:build/conformance/subject');
  });

  it('names a library of the vendor, whatever its name, and the pipeline of GitLab', async () => {
    const folder = join(scratch, 'so');
    const library = "./it's a, b.so";
    expect((await capturedMain('init', folder, '--so', library, '--ci', 'gitlab')).code).toBe(0);
    expect(JSON.parse(read(folder, 'trt-conformance.config.json'))).toMatchObject({
      subject: `so:${library}`,
    });
    expect(existsSync(join(folder, 'conformance/subject.cpp'))).toBe(false);
    const job = read(folder, '.gitlab-ci.trt-conformance.yml');
    const [line = ''] = /"npx trt-conformance run .*"/.exec(job) ?? [];
    expect(JSON.parse(line)).toContain(`--subject 'so:./it'"'"'s a, b.so' --expectations`);
    expect(existsSync(join(folder, '.github'))).toBe(false);
  });

  it.each([
    [['--so', '']],
    [['--so', 'a.so', '--language', 'cpp']],
    [['--language', 'rust']],
    [['--ci', 'other']],
  ])('refuses %j', async (args) => {
    const folder = join(scratch, 'refused');
    expect((await capturedMain('init', folder, ...args)).code).toBe(2);
    expect(existsSync(folder)).toBe(false);
  });
});
