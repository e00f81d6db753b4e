import { describe, expect, it } from 'vitest';
import { parseShard, shareOf } from './shard-option.js';

describe('parseShard', () => {
  it.each(['1/1', '2/3', '1000/1000'])('takes %s', (text) => {
    const [number, of] = text.split('/').map(Number);
    expect(parseShard(text)).toEqual({ number, of });
  });

  it.each(['0/3', '4/3', '1/0', '1', '1/1001', '-1/3', '1/3/5', '1.5/3', ' 1/3', 'Auto', ''])(
    'refuses %j',
    (text) => {
      expect(() => parseShard(text)).toThrow('such as 2/3');
    },
  );
});

describe('shareOf', () => {
  it.each([
    ['GitLab', { CI_NODE_INDEX: '1', CI_NODE_TOTAL: '3' }, 1],
    ['CircleCI', { CIRCLE_NODE_INDEX: '0', CIRCLE_NODE_TOTAL: '3' }, 1],
    ['Buildkite', { BUILDKITE_PARALLEL_JOB: '2', BUILDKITE_PARALLEL_JOB_COUNT: '3' }, 3],
    ['Kubernetes', { JOB_COMPLETION_INDEX: '1', TRT_CONFORMANCE_SHARDS: '3' }, 2],
  ])('counts as %s does', (_, variables, number) => {
    expect(shareOf('auto', variables)).toEqual({ number, of: 3 });
  });

  it('asks no CI for numbers that are given', () => {
    expect(shareOf({ number: 2, of: 3 }, { CI_NODE_INDEX: '1', CI_NODE_TOTAL: '9' })).toEqual({
      number: 2,
      of: 3,
    });
  });

  it.each([
    [{}, 'there are none'],
    [{ CI_NODE_INDEX: '' }, 'there are none'],
    [{ CI_NODE_INDEX: '0', CI_NODE_TOTAL: '3' }, 'GitLab counts from 1'],
    [{ CI_NODE_INDEX: '1' }, 'CI_NODE_TOTAL=""'],
    [{ CIRCLE_NODE_INDEX: '3', CIRCLE_NODE_TOTAL: '3' }, 'CircleCI counts from 0'],
    [{ JOB_COMPLETION_INDEX: '1' }, 'TRT_CONFORMANCE_SHARDS has to be set'],
    [{ CI_NODE_INDEX: '1', CI_NODE_TOTAL: '3', JOB_COMPLETION_INDEX: '1' }, 'two CIs'],
  ])('refuses %j', (variables, why) => {
    expect(() => shareOf('auto', variables)).toThrow(why);
  });
});
