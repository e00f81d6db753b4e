import { describe, expect, it } from 'vitest';
import { Child } from './child.js';
import { subjectEnvironment } from './subject-environment.js';

describe('subjectEnvironment', () => {
  it('passes what a program needs, what was named and what is set, and nothing else', () => {
    const own = {
      PATH: '/bin',
      LC_ALL: 'C',
      SECRET_TOKEN: 'x',
      LD_PRELOAD: 'y.so',
      ACME: '1',
      GONE: undefined,
    };
    expect(subjectEnvironment(own, ['ACME', 'GONE'], { WSB: '2' })).toEqual({
      PATH: '/bin',
      LC_ALL: 'C',
      ACME: '1',
      WSB: '2',
    });
  });

  it('is all that a subject has', async () => {
    process.env['WSB_SECRET'] = 'x';
    process.env['WSB_NAMED'] = 'y';
    try {
      const said = await new Promise<string>((resolve) => {
        let text = '';
        const child = new Child(
          { program: '/usr/bin/env', args: [], reaper: null, env: { SET: 'z' }, passes: ['WSB_NAMED'] },
          {
            output: (chunk) => {
              text += chunk.toString();
            },
            silent: () => undefined,
            ended: () => {
              resolve(text);
            },
          },
        );
        child.closeInput();
      });
      expect(said).toContain('WSB_NAMED=y\n');
      expect(said).toContain('SET=z\n');
      expect(said).not.toContain('WSB_SECRET');
    } finally {
      delete process.env['WSB_SECRET'];
      delete process.env['WSB_NAMED'];
    }
  });
});
