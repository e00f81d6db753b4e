import { Command, CommanderError } from 'commander';
import { visibleLine, visibleLines } from '../model/visible-text.js';
import { EXIT } from '../run/exit-code.js';
import { packageOf } from '../package-of.js';
import { suiteRoot } from '../suite-root.js';
import { COMMANDS } from './commands.js';
import { type Output, STANDARD_OUTPUT } from './output.js';

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
    const all = await program(root, argv, output, end);
    await all.parseAsync([...argv], { from: 'user' });
    return ended.code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.conforms : EXIT.usage;
    const { exitCodeOfError } = await import('./exit-code-of-error.js');
    return exitCodeOfError(error, output);
  }
}

/** The command line of the suite below `root`; `end` is told how a command ends. */
async function program(
  root: string,
  argv: readonly string[],
  output: Output,
  end: (code: number) => void,
): Promise<Command> {
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
  const asked = askedCommand(argv);
  for (const { name, description, load } of COMMANDS) {
    const command = name === asked ? (await load())(root, output, end) : new Command(name);
    all.addCommand(inherit(command.description(description), all));
  }
  return all;
}

/** The command that is run or asked about; the program itself has no option that takes a value. */
function askedCommand(argv: readonly string[]): string | undefined {
  const words = argv.filter((word) => !word.startsWith('-'));
  return words[0] === 'help' ? words[1] : words[0];
}

/** Gives commands the settings of the program: else a wrong option would end the process. */
function inherit(command: Command, from: Command): Command {
  command.copyInheritedSettings(from);
  for (const below of command.commands) inherit(below, command);
  return command;
}

const EXIT_HELP = `
Exit codes: 0 conforms, 1 does not, 2 usage, 3 the subject or the protocol
failed, 4 something is missing, 5 incomplete: nothing failed, but not all that
is required was demonstrated.`;
