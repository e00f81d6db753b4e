import { Command } from 'commander';
import { visibleLine, visibleLines } from '../model/visible-text.js';
import { EXIT } from '../run/conclusion.js';
import { packageOf } from '../run/header.js';
import { suiteRoot } from '../suite-root.js';
import { buildCommand } from './build-command.js';
import { costCommand } from './cost-command.js';
import { doctorCommand } from './doctor-command.js';
import { exitCodeOfError } from './exit-code-of-error.js';
import { expectationsCommand } from './expectations-command.js';
import { explainCommand } from './explain-command.js';
import { goldenCommand } from './golden-command.js';
import { initCommand } from './init-command.js';
import { largeCommand } from './large-command.js';
import { listCommand } from './list-command.js';
import { type Output, STANDARD_OUTPUT } from './output.js';
import { reportCommand } from './report-command.js';
import { runCommand } from './run-command.js';
import { smokeCommand } from './smoke-command.js';
import { specCommand } from './spec-command.js';
import { sweepCommand } from './sweep-command.js';
import { verifyCommand } from './verify-command.js';
import { watchCommand } from './watch-command.js';

/**
 * The command trt-conformance.
 *
 * @param argv the arguments, without node and the script
 * @returns the exit code: 0 conforms, 1 does not, 2 usage, 3 the subject or the protocol failed, 4
 * infrastructure, 5 incomplete
 */
export async function main(argv: readonly string[], output: Output = STANDARD_OUTPUT): Promise<number> {
  const ended: { code: number } = { code: EXIT.conforms };
  const end = (code: number): void => {
    ended.code = code;
  };
  try {
    const root = suiteRoot();
    await program(root, argv, output, end).parseAsync([...argv], { from: 'user' });
    return ended.code;
  } catch (error) {
    return exitCodeOfError(error, output);
  }
}

/** The command line of the suite below `root`; `end` is told how a command ends. */
function program(
  root: string,
  argv: readonly string[],
  output: Output,
  end: (code: number) => void,
): Command {
  const all = new Command('trt-conformance')
    .description('Conformance of TensorRT delegates for ExecuTorch with the weight streaming budget.')
    .version(packageOf(root).version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        output.out(visibleLines(text));
      },
      writeErr: (text) => void output.err.write(visibleLines(text)),
      outputError: (text, write) => {
        // A function: a text would be read for $&, $` and the like.
        write(argv.reduce((shown, word) => shown.replaceAll(word, () => visibleLine(word)), text));
      },
    })
    .showSuggestionAfterError()
    .addHelpText('after', EXIT_HELP);
  for (const command of [
    runCommand,
    initCommand,
    smokeCommand,
    listCommand,
    explainCommand,
    largeCommand,
    goldenCommand,
    specCommand,
    sweepCommand,
    costCommand,
    verifyCommand,
    watchCommand,
    reportCommand,
    expectationsCommand,
    doctorCommand,
    buildCommand,
  ]) {
    all.addCommand(inherit(command(root, output, end), all));
  }
  return all;
}

/** Gives commands the settings of the program: else a wrong option would end the process. */
function inherit(command: Command, from: Command): Command {
  command.copyInheritedSettings(from);
  for (const below of command.commands) inherit(below, command);
  return command;
}

const EXIT_HELP = `
Exit codes: 0 conforms, 1 does not, 2 usage, 3 the subject or the protocol failed, 4 something is missing,
5 incomplete: nothing failed, but not all that is required was demonstrated.`;
