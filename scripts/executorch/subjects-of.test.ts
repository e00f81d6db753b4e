import { describe, expect, it } from 'vitest';
import { SUBJECTS_OF, versionsIn } from './subjects-of.mjs';

describe('versionsIn', () => {
  it.each([
    ['1.4.1,1.5.1', ['1.4.1', '1.5.1']],
    ['1.5.1, 1.4.1', ['1.5.1', '1.4.1']],
    ['1.5.1,1.5.1', ['1.5.1']],
    ['', null],
    ['1.5', null],
    ['1.4.1,', null],
    ['toString', null],
  ])('reads %j', (list, versions) => {
    expect(versionsIn(list)).toEqual(versions);
  });
});

it('has a subject that no machine may be without for each version', () => {
  for (const subjects of Object.values(SUBJECTS_OF)) {
    expect(subjects.filter(({ isOptional }) => !isOptional)).not.toEqual([]);
  }
});
