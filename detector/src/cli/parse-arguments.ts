import { type ParseArgsConfig, parseArgs } from "node:util";
import { BadUse } from "./fail.ts";

/** Options and positionals of this process; an unknown or incomplete one is wrong use. */
export function parseArguments<const O extends NonNullable<ParseArgsConfig["options"]>>(options: O, usage: string) {
  try {
    return parseArgs({ args: process.argv.slice(2), allowPositionals: true, options });
  } catch (error) {
    throw new BadUse(`${error instanceof Error ? error.message : error} Usage: ${usage}`);
  }
}
