import { describe, expect, it } from 'vitest';
import { HOSTILE, HOSTILE_CONTROL, type HostileCase } from '../cases/hostile.js';
import { excuseOf } from './excuse.js';
import type { SanitizerReport } from './sanitizer-report.js';

const NATIVE = '/suite/native';
const IN_EXECUTORCH = 'Program::method_meta (/suite/native/build/asan/libexecutorch.so+0x1c445)';
const IN_HOST = 'wsb::Load /suite/native/host/loaded_methods.cpp:23';
const OF_KEY = 'IsBudgetSpec /suite/native/delegate/budget/choose_budget.cpp:89';
const AT_FOUR = 'AddressSanitizer: SEGV on unknown address 0x000000000004';

function report(what: string, ...frames: readonly string[]): SanitizerReport {
  return { what, frames, text: '' };
}

function hostile(title: string): HostileCase {
  return HOSTILE.find((one) => one.title === title) ?? HOSTILE_CONTROL;
}

describe('a report about a hostile file', () => {
  it('is excused where ExecuTorch was at the fault', () => {
    const of = report('SEGV', '__interceptor_strlen ../../src/libsanitizer/a.inc:4', IN_EXECUTORCH, IN_HOST);
    expect(excuseOf(hostile('no methods'), of, NATIVE)).toContain('reads what the file lacks');
  });

  it('is not where we were, or nobody knows who', () => {
    expect(excuseOf(hostile('no methods'), report('SEGV', IN_HOST, IN_EXECUTORCH), NATIVE)).toBeNull();
    expect(excuseOf(hostile('no methods'), report('SEGV'), NATIVE)).toBeNull();
  });

  it('is where ExecuTorch gave an address that is none, for that file, there and at that address alone', () => {
    const strcmp = '__interceptor_strcmp ../../src/libsanitizer/a.inc:461';
    const without = hostile('no key in a compile spec');
    expect(without).not.toBe(HOSTILE_CONTROL);
    expect(excuseOf(without, report(AT_FOUR, strcmp, OF_KEY), NATIVE)).toContain('without a key');
    expect(excuseOf(hostile('no methods'), report(AT_FOUR, strcmp, OF_KEY), NATIVE)).toBeNull();
    expect(excuseOf(without, report(AT_FOUR, strcmp, IN_HOST), NATIVE)).toBeNull();
    expect(excuseOf(without, report(AT_FOUR.replace('4', '40'), strcmp, OF_KEY), NATIVE)).toBeNull();
  });
});
