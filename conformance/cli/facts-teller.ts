import { visible } from '../model/visible-text.js';
import { readEngineFacts, toldSizes, type EngineFactsFile } from '../planning/engine-facts.js';
import type { TellSizes } from '../planning/program-engines.js';
import { DocumentError, loadSchemas } from '../spec/schemas.js';
import { UsageError } from './output.js';
import { readUserText } from './read-user-text.js';

/** Who tells the sizes of engines that do not tell them themselves. */
export interface EngineTeller {
  readonly told: TellSizes;
  /** Who it is, such as `TensorRT 10.6.0 on NVIDIA H200`; null for nobody. */
  readonly asked: string | null;
}

/** Where nobody is asked. */
export const NOBODY: EngineTeller = { told: () => null, asked: null };

/**
 * The TensorRT that wrote a file of engine facts.
 *
 * @throws UsageError when the file cannot be read, or is not of that kind
 */
export function readFactsTeller(root: string, file: string): EngineTeller {
  const text = readUserText(file, {
    what: 'The engine facts in',
    advice: 'trt-conformance plan with --tensorrt and --write-engine-facts writes them.',
  });
  try {
    return factsTeller(readEngineFacts(text, file, loadSchemas(root)));
  } catch (cause) {
    if (cause instanceof DocumentError) throw new UsageError(visible`${cause.message}.`, { cause });
    throw cause;
  }
}

/** The TensorRT that told these facts. */
export function factsTeller(facts: EngineFactsFile): EngineTeller {
  const where = facts.simulated ? 'simulated' : (facts.gpu ?? 'an unknown GPU');
  return { told: toldSizes(facts), asked: `TensorRT ${facts.tensorrt}, ${where}` };
}
