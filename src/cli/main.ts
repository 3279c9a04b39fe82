/** The command line: picks the command, runs it, prints what came out and sets the exit code. */
import { UnwritableFileError } from '../files/write-file.js';
import { UsageError, type CommandOutcome } from './command.js';
import { commands, type ChosenCommand } from './commands.js';
import { makeContext } from './context.js';
import { exitCodes, printOutcome } from './output.js';
import { parsePlainly } from './parse-plainly.js';

/** Put in by build/build.js. */
declare const builtVersion: string;

/** The command that the arguments of this process mean; undefined where there is nothing more to do. */
async function chooseCommand(): Promise<ChosenCommand | undefined> {
  const args = process.argv.slice(2);
  const plain = await parsePlainly(args);
  if (plain) return plain;
  const { parseByYargs } = await import('./parse-by-yargs.js');
  const reading = await parseByYargs(args, { commands, version: builtVersion });
  if ('chosen' in reading) return reading.chosen;
  reportUsage(reading.complaint);
  return undefined;
}

async function runCommand({ command: name, entry, args }: ChosenCommand): Promise<void> {
  const command = await entry.load();
  const { context, settings } = await makeContext(args, command.productFormats ?? []);
  let outcome: CommandOutcome;
  try {
    outcome = await command.run(args, context);
  } finally {
    context.progress.clear();
  }
  process.exitCode = await printOutcome(outcome, { ...settings, version: builtVersion, command: name, at: context.at });
}

function reportUsage(message: string): void {
  process.stderr.write(`certwright: ${message}\nTry: certwright --help, or certwright COMMAND --help\n`);
  process.exitCode = exitCodes.usage;
}

function reportUnwritable({ message }: UnwritableFileError): void {
  process.stderr.write(`certwright: ${message}\n`);
  process.exitCode = exitCodes.usage;
}

function reportBug(error: unknown): void {
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const trace = process.argv.includes('--verbose') && error instanceof Error ? `\n${error.stack ?? ''}` : '';
  process.stderr.write(
    `certwright: this is a bug in certwright, not in your files: ${what}${trace}\n` +
      `Please report it with the command line and, if you may share it, the input. --verbose shows where it happened.\n`,
  );
  process.exitCode = exitCodes.bug;
}

/** Runs certwright with the arguments of this process. @returns whether a command was run, and not only spoken of. */
export async function main(): Promise<boolean> {
  try {
    const chosen = await chooseCommand();
    if (!chosen) return false;
    await runCommand(chosen);
    return true;
  } catch (error) {
    if (error instanceof UnwritableFileError) reportUnwritable(error);
    else if (error instanceof UsageError) reportUsage(error.message);
    else reportBug(error);
    return false;
  }
}
