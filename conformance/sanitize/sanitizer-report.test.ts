import { describe, expect, it } from 'vitest';
import { countReports, readReports, reportsAmong } from './sanitizer-report.js';
import { whoseFault } from './whose-fault.js';

const NATIVE = '/suite/native';
const OVERFLOW = `=================================================================
==41==ERROR: AddressSanitizer: heap-buffer-overflow on address 0x602000000351 at pc 0x7f89 bp 0x7ffd sp 0x7ffd
READ of size 1 at 0x602000000351 thread T0
    #0 0x7f89 in __interceptor_memcpy ../../../../src/libsanitizer/asan/asan_interceptors.cpp:1
    #1 0x7f8a in wsb::Bind /suite/native/delegate/engine/init_engine.cpp:118
    #2 0x7f8b in executorch::runtime::Method::load(int) (/suite/native/build/asan/libexecutorch.so+0x1a390)

0x602000000351 is located 0 bytes to the right of 1-byte region
    #0 0x7f8c in operator new[](unsigned long) ../../asan_new_delete.cpp:98
SUMMARY: AddressSanitizer: heap-buffer-overflow /suite/native/delegate/engine/init_engine.cpp:118
==41==ABORTING
`;
const READ = `AddressSanitizer:DEADLYSIGNAL
==42==ERROR: AddressSanitizer: SEGV on unknown address 0x000000000000 (pc 0x7fd2 bp 0x7fff sp 0x7fff T0)
    #0 0x7fd2  (/suite/native/build/asan/libexecutorch.so+0x112ad)
    #1 0x5654 in wsb::LoadedMethods::Load(int) /suite/native/host/loaded_methods.cpp:23
`;
const LEAK = `==43==ERROR: LeakSanitizer: detected memory leaks

Direct leak of 64 byte(s) in 1 object(s) allocated from:
    #0 0x1 in operator new(unsigned long) ../../asan_new_delete.cpp:99
    #1 0x2 in executorch::Inline /suite/native/.deps/executorch-1.5.1/include/a.h:9
    #2 0x3 in wsb::Leak /suite/native/host/leak.cpp:7

SUMMARY: AddressSanitizer: 64 byte(s) leaked in 1 allocation(s).
`;
const RACE = `==================
WARNING: ThreadSanitizer: data race (pid=31897)
  Read of size 8 at 0x7b6400001e60 by main thread (mutexes: write M35):
    #0 wsb::Decide() /suite/native/delegate/decide.cpp:46 (libtensorrt_delegate.so+0x342f)
    #1 executorch::Run <null> (libexecutorch.so+0x166e1)

  Previous write of size 8 at 0x7b6400001e60 by thread T1:
    #0 wsb::Other() /suite/native/delegate/decide.cpp:47 (libtensorrt_delegate.so+0x3e66)

SUMMARY: ThreadSanitizer: data race /suite/native/delegate/decide.cpp:46 in wsb::Decide()
`;
const UNDEFINED = `a log line
/suite/native/host/a.cpp:37:41: runtime error: signed integer overflow: 1 + 2 cannot be represented
    #0 0x55f5 in Sum /suite/native/host/a.cpp:37
`;

describe('the reports of a process', () => {
  it.each([
    ['AddressSanitizer: heap-buffer-overflow on address 0x602000000351', OVERFLOW, 3, 'ours'],
    ['AddressSanitizer: SEGV on unknown address 0x000000000000', READ, 2, 'executorch'],
    ['LeakSanitizer: detected memory leaks', LEAK, 3, 'ours'],
    ['ThreadSanitizer: data race', RACE, 2, 'ours'],
    ['runtime error: signed integer overflow: 1 + 2 cannot be represented', UNDEFINED, 1, 'ours'],
  ])('say "%s", and whose code was there', (what, text, frames, owner) => {
    const [report, ...more] = readReports(text);
    expect(more).toEqual([]);
    expect(report?.what).toBe(what);
    expect(report?.frames).toHaveLength(frames);
    expect(report && whoseFault(report, NATIVE)).toBe(owner);
  });

  it('are all told, and equal ones counted', () => {
    const reports = readReports(`${OVERFLOW}${READ}${OVERFLOW.replaceAll('0351', '0999')}`);
    expect(countReports(reports).map(({ report, count }) => [report.what.slice(0, 22), count])).toEqual([
      ['AddressSanitizer: heap', 2],
      ['AddressSanitizer: SEGV', 1],
    ]);
  });

  it('are what a sanitizer wrote, also where its words are not known', () => {
    const said = 'Tracer caught signal 11\n';
    expect(readReports(said)).toMatchObject([{ what: 'Tracer caught signal 11', frames: [] }]);
    expect(readReports('\n')).toEqual([]);
    expect(reportsAmong(said)).toEqual([]);
  });

  it('are of nobody where no frame tells whose', () => {
    const [report] = readReports(
      OVERFLOW.replaceAll('/suite/native/', '/elsewhere/').replace('libexecutorch', 'other'),
    );
    expect(report && whoseFault(report, NATIVE)).toBeNull();
  });
});
