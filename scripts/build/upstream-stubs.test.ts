import { describe, expect, it } from 'vitest';

import { findStubs, writeStubs } from './upstream-stubs.mjs';

const wants = (name: string, version: string | null = null) => ({ name, version, defined: false });
const has = (name: string, version: string | null = null) => ({ name, version, defined: true });

const SYSTEM = {
  soname: 'libc.so.6',
  needed: [],
  symbols: [has('malloc', 'GLIBC_2.2.5'), has('memcpy', 'GLIBC_2.14'), has('memcpy', 'GLIBC_2.2.5')],
};

describe('findStubs', () => {
  it('finds what nobody has', () => {
    const upstream = [
      {
        soname: 'a.so',
        needed: ['b.so', 'libc.so.6', 'libtorch.so', 'libcudart.so.13', 'libnvinfer.so.11'],
        symbols: [
          wants('from_b'),
          wants('malloc'),
          wants('memcpy', 'GLIBC_2.14'),
          wants('PyList_New'),
          wants('cudaMalloc', 'libcudart.so.13'),
        ],
      },
      { soname: 'b.so', needed: ['libc.so.6', 'libtorch.so'], symbols: [has('from_b'), wants('PyList_New')] },
    ];
    expect(findStubs(upstream, [SYSTEM])).toEqual({
      libraries: ['libtorch.so'],
      symbols: ['PyList_New'],
      cudart: ['cudaMalloc'],
      unsupported: [],
    });
  });

  it('tells what an old system lacks', () => {
    const upstream = [{ soname: 'a.so', needed: [], symbols: [wants('memcpy', 'GLIBC_2.99')] }];
    expect(findStubs(upstream, [SYSTEM]).unsupported).toEqual(['memcpy@GLIBC_2.99']);
  });
});

describe('writeStubs', () => {
  it('tells objects from functions by their names', () => {
    const symbols = ['PyExc_TypeError', 'PyList_New', 'PyList_Type', '_Py_NoneStruct', 'sgemm_'];
    expect(writeStubs(symbols)).toBe(`#include "upstream/stubs/missing_symbol.h"

WSB_MISSING_OBJECT(0, "PyExc_TypeError")
WSB_MISSING_FUNCTION(1, "PyList_New")
WSB_MISSING_OBJECT(2, "PyList_Type")
WSB_MISSING_OBJECT(3, "_Py_NoneStruct")
WSB_MISSING_FUNCTION(4, "sgemm_")
`);
  });
});
