import type { Command } from 'commander';
import type { Policy } from '../../reference/index.js';
import type { Capability } from '../protocol/capabilities.js';
import { parseLacks } from './arguments.js';
import { collect } from './given-options.js';

/** Which subject is opened, and how, as the user asked for it. */
export interface ChosenSubject {
  readonly subject: string;
  readonly backendId?: string;
  readonly policy?: Policy;
  /** Names of variables of the environment that the subject gets, too. */
  readonly env?: readonly string[];
  /** Capabilities that the subject does not have; left out, it says so itself. */
  readonly lacks?: readonly Capability[];
  /** Milliseconds that a subject in a process of its own is waited for at a case. */
  readonly timeout?: number;
}

/** The command with the options of {@link ChosenSubject} that are those of every such command. */
export function withSubjectOptions(command: Command): Command {
  return command
    .option('--backend-id <id>', 'the id under which the library of so:PATH registers its backend')
    .option(
      '--lacks <capabilities>',
      'what the library of so:PATH cannot do, such as execute,module; may be given again',
      parseLacks,
    )
    .option(
      '--env <name>',
      'a variable of the environment that the subject gets, too; may be given several times',
      collect,
      [],
    );
}
