import type { DecodedBlob } from '../blob/decode-blob.js';
import { parseBudget } from '../rules/parse-budget.js';
import { BUDGET_KEY } from '../rules/budget-key.js';
import { findSpec, type CompileSpec } from '../rules/find-spec.js';
import { warning, type Finding } from './finding.js';
import type { ExplainedBlob } from './explained-blobs.js';
import { judgeTensors } from './judge-tensors.js';
import { isNearKey } from './near-key.js';
import { quoteBudget, quoteBytes } from './quote-bytes.js';

/** The key of the compile spec that names the device of an engine. */
const TARGET_DEVICE_KEY = 'target_device';
const TARGET_DEVICE = /^cuda:(0|[1-9][0-9]*)$/;

/** Keeps a byte order mark, which is not part of the form. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Judges what an exporter left in one delegate. */
export function judgeDelegate(
  specs: readonly CompileSpec[],
  { blob, isCanonical, plan }: Pick<ExplainedBlob, 'blob' | 'isCanonical' | 'plan'>,
): readonly Finding[] {
  const findings = [...judgeKeys(specs), ...judgeBudget(specs), ...judgeTargetDevice(specs, blob)];
  if (blob === null) return findings;
  if (plan !== null) findings.push(...judgeTensors(blob, plan));
  if ((blob.magic === 'TR02') !== blob.aliases.length > 0) {
    findings.push(
      warning('WSB-EXPORT-06', `the blob has the magic ${blob.magic} and ${blob.aliases.length} aliases`),
    );
  }
  if (!isCanonical) {
    findings.push(warning('WSB-EXPORT-07', 'the parts of the blob are not where an exporter puts them'));
  }
  return findings;
}

/** Keys that are surely meant to be that of the budget, and are not. */
function judgeKeys(specs: readonly CompileSpec[]): Finding[] {
  return specs
    .filter(({ key }) => isNearKey(key))
    .map(({ key }) =>
      warning(
        'WSB-PREC-08',
        `the compile spec ${JSON.stringify(key)} has no effect: the key is ${BUDGET_KEY}`,
      ),
    );
}

function judgeBudget(specs: readonly CompileSpec[]): Finding[] {
  const found = findSpec(specs, BUDGET_KEY);
  switch (found.kind) {
    case 'none':
      return [];
    case 'several':
      return [warning('WSB-EXPORT-02', `${found.count} compile specs carry ${BUDGET_KEY}`)];
    case 'one': {
      const parsed = parseBudget(found.value);
      const canonical = parsed.ok && parsed.budget.toString().length === found.value.length;
      return canonical
        ? []
        : [
            warning(
              'WSB-EXPORT-01',
              `the compile spec is ${quoteBudget(found.value)}, which is not a canonical decimal number`,
            ),
          ];
    }
  }
}

function judgeTargetDevice(specs: readonly CompileSpec[], blob: DecodedBlob | null): Finding[] {
  return specs
    .filter(({ key }) => key === TARGET_DEVICE_KEY)
    .flatMap(({ value }): Finding[] => {
      const number = TARGET_DEVICE.exec(decoder.decode(value))?.[1];
      if (number === undefined) {
        return [
          warning('WSB-EXPORT-04', `${TARGET_DEVICE_KEY} is ${quoteBytes(value)}, not "cuda:" and a number`),
        ];
      }
      return blob !== null && number !== String(blob.deviceId)
        ? [
            warning(
              'WSB-EXPORT-05',
              `${TARGET_DEVICE_KEY} is cuda:${number}, but the blob says device ${blob.deviceId}`,
            ),
          ]
        : [];
    });
}
