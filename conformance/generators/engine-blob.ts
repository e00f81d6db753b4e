import { encodeBlob, encodePlan, scriptedPlan, type Plan } from '../../reference/index.js';
import { ioBindings, ioMetadata } from './engine-io.js';
import type { GeneratedEngine } from './generated-case.js';

const PLAN_BYTES = 64;
const SAMPLE = encodeBlob({ engine: new Uint8Array(PLAN_BYTES) });
/**
 * Header and metadata of a blob around a plan without bindings: the same for every generated engine
 * that has none.
 */
const PREFIX = SAMPLE.slice(0, SAMPLE.length - PLAN_BYTES);

const MAGIC_AT = 3;
const OTHER_MAGIC = 0x33;
const SHORT_BYTES = 31;

/**
 * The delegate data of a generated engine: what the program writer would make of it, without
 * writing the metadata anew.
 */
export function engineBlob(engine: GeneratedEngine): Uint8Array {
  const blob = soundBlob(engine);
  switch (engine.trouble) {
    case 'bad-magic':
      blob[MAGIC_AT] = OTHER_MAGIC;
      return blob;
    case 'short-blob':
      return blob.slice(0, SHORT_BYTES);
    case 'none':
    case 'no-engine':
    case 'no-context':
    case 'no-backend':
      return blob;
  }
}

function soundBlob(engine: GeneratedEngine): Uint8Array {
  const plan = encodePlan(enginePlan(engine));
  if (engine.io !== null) return encodeBlob({ metadata: ioMetadata(engine.io), engine: plan });
  const blob = new Uint8Array(PREFIX.length + PLAN_BYTES);
  blob.set(PREFIX);
  blob.set(plan, PREFIX.length);
  return blob;
}

/** The plan of a generated engine. */
export function enginePlan(engine: GeneratedEngine): Plan {
  return scriptedPlan({
    kind: engine.modelled ? 'modelled' : 'scripted',
    deserializes: engine.trouble !== 'no-engine',
    createsContext: engine.trouble !== 'no-context',
    setAnswers: engine.answers,
    streamable: engine.streamable,
    automatic: engine.automatic,
    bindings: engine.io === null ? [] : ioBindings(engine.io),
  });
}
