import { quoteBytes } from '../../reference/index.js';
import { type ExportAnswer, warnsOfBudget } from '../../reference/exporter/export-answer.js';
import type { ExportExpectation } from './export-case.js';
import { blobText, budgetOf, type WrittenDelegate, writtenDelegates } from './written-delegates.js';

/** It exports, and each delegate has these digits as its one budget compile spec. */
export function writes(digits: string): ExportExpectation {
  return everyDelegate(`writes ${digits}`, ({ specs }) => same('budget', `"${digits}"`, budgetOf(specs)));
}

/** It exports, and no delegate has a budget compile spec. */
export function writesNone(): ExportExpectation {
  return everyDelegate('writes no budget', ({ specs }) => same('budget', 'none', budgetOf(specs)));
}

/** It exports, and each delegate has a compile spec with that key and value, once. */
export function keeps(key: string, value: string): ExportExpectation {
  return everyDelegate(`keeps ${JSON.stringify(key)}`, ({ specs }) => {
    const found = specs.filter((spec) => spec.key === key).map((spec) => quoteBytes(spec.value));
    return same(key, `"${value}"`, found.join(' and '));
  });
}

/** It exports, and the delegates have these target devices, in their order. */
export function targets(...devices: readonly string[]): ExportExpectation {
  return delegates(`targets ${devices.join(', ')}`, (all) =>
    same(
      'target_device',
      devices.map((device) => `"${device}"`).join(),
      all
        .map(({ specs }) =>
          specs
            .filter(({ key }) => key === 'target_device')
            .map(({ value }) => quoteBytes(value))
            .join(' and '),
        )
        .join(),
    ),
  );
}

/** It exports, and the blobs say so of their tensors, aliases and device. */
export function describes(text: string): ExportExpectation {
  return everyDelegate(`describes ${text}`, ({ blob }) => same('blob', text, blobText(blob)));
}

/** It exports, and each blob has that magic. */
export function magic(name: 'TR01' | 'TR02'): ExportExpectation {
  return everyDelegate(`writes ${name}`, ({ blob }) => same('magic', name, blob?.magic ?? 'no blob'));
}

/** It refuses, with that error. */
export function refuses(error: 'TypeError' | 'ValueError'): ExportExpectation {
  return {
    text: `refuses with ${error}`,
    check: (answer) =>
      answer.kind === 'refused' ? same('error', error, answer.error) : 'it exported and was to refuse',
  };
}

/** It exports, and warns of the budget or not. */
export function warns(wanted: boolean): ExportExpectation {
  return {
    text: wanted ? 'warns' : 'is silent',
    check: (answer) =>
      answer.kind === 'refused'
        ? `it refused with ${answer.error}`
        : same('warning', String(wanted), String(warnsOfBudget(answer))),
  };
}

function delegates(
  text: string,
  check: (all: readonly WrittenDelegate[]) => string | null,
): ExportExpectation {
  return {
    text,
    check: (answer: ExportAnswer) => {
      if (answer.kind === 'refused') return `it refused with ${answer.error}`;
      const all = answer.program === null ? null : writtenDelegates(answer.program);
      return all === null ? 'there is no program that can be read' : check(all);
    },
  };
}

function everyDelegate(text: string, check: (one: WrittenDelegate) => string | null): ExportExpectation {
  return delegates(text, (all) => all.map(check).find((fault) => fault !== null) ?? null);
}

function same(what: string, wanted: string, found: string): string | null {
  return wanted === found ? null : `${what}: expected ${wanted}, found ${found}`;
}
