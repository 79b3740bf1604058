import { existsSync } from "node:fs";

/**
 * Memory that a media process may take for itself, bytes. An 8K picture is 50 MB, a decoder holds a few dozen of them at most; what asks for
 * more than this has been made to.
 */
export const memoryBytesMax = 4 * 2 ** 30;

const limiter = ["/usr/bin/prlimit", "/bin/prlimit", "/usr/sbin/prlimit"].find((path) => existsSync(path));

/** True where this system can hold a process to a limit: Linux with util-linux, which every distribution of it has. */
export const canLimitMemory = limiter !== undefined;

/**
 * The command that runs a program under the limit (RLIMIT_DATA, getrlimit(2): what it writes to, not what it only reserves); it becomes that
 * program, so its id is the program's own. Elsewhere than on Linux the program runs as it is: size and pixel limits hold there alone.
 */
export function withMemoryLimit(program: string, args: readonly string[], bytes = memoryBytesMax): [string, string[]] {
  return limiter === undefined ? [program, [...args]] : [limiter, [`--data=${bytes}`, "--", program, ...args]];
}
