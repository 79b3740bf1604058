/** Wrong input of a command line: one sentence, exit 2. */
export class BadUse extends Error {}

/** Runs a command: exit code it gives, 2 with one sentence for wrong input, 1 with the whole error for a bug. */
export async function runCommand(command: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await command();
  } catch (error) {
    if (error instanceof BadUse) {
      console.error(error.message);
      process.exitCode = 2;
    } else {
      console.error(error);
      process.exitCode = 1;
    }
  }
}
