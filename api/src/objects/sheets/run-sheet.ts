import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { inheritedEnvironment } from "@mingcha/infra/config";
import { typescriptExecArgv } from "@mingcha/infra/run-typescript";
import { AppError } from "@mingcha/models";
import { type ReadTable, rowsMax, type SheetTask, type WrittenSheet } from "./sheet-task.ts";

const main = fileURLToPath(new URL("./sheet-main.ts", import.meta.url));
/** The largest sheet takes some seconds; what takes longer than this is stuck or meant to be. */
const limitMs = 60_000;
const memoryMb = 512;
/** Sheets at once: each takes a core. More wait their turn, and more than that are refused. */
const waitingMax = 8;

export interface Sheets {
  /** `rowsMax`: more than this is refused; a sheet of objects by default. */
  readonly read: (bytes: Uint8Array, rowsMax?: number) => Promise<ReadTable>;
  readonly write: (sheets: readonly WrittenSheet[]) => Promise<Uint8Array>;
}

/** Reads and writes sheets one after another, each in a process of its own: a hostile file ends that process and nothing else. */
export function createSheets(): Sheets {
  let waiting = 0;
  let queue: Promise<unknown> = Promise.resolve();
  const run = (task: SheetTask): Promise<unknown> => {
    if (waiting >= waitingMax) throw new AppError("TOO_MANY_ATTEMPTS");
    waiting++;
    const turn = queue.then(() => runOnce(task));
    queue = turn.catch(() => {}).finally(() => waiting--);
    return turn;
  };
  return {
    read: async (bytes, most = rowsMax) => (await run({ do: "read", bytes, rowsMax: most })) as ReadTable,
    write: async (sheets) => (await run({ do: "write", sheets })) as Uint8Array,
  };
}

type Answer = { result: unknown } | { refused: Record<string, string> } | { text: string };

function runOnce(task: SheetTask): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const child = fork(main, [], {
      execArgv: [...typescriptExecArgv(), `--max-old-space-size=${memoryMb}`],
      serialization: "advanced",
      // what a process that runs out of memory prints is nobody's log
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      env: inheritedEnvironment(),
    });
    const late = setTimeout(() => child.kill("SIGKILL"), limitMs);
    child.on("error", reject);
    child.on("exit", (code, signal) => {
      clearTimeout(late);
      // after an answer this changes nothing
      reject(
        new AppError(
          "SHEET_REFUSED",
          { zh: "读取该文件所需的内存或时间过多", en: "reading this file takes too much memory or time" },
          { detail: `the sheet process ended without an answer (${signal ?? `code ${code}`})` },
        ),
      );
    });
    child.on("message", (answer: Answer) => {
      if ("result" in answer) resolve(answer.result);
      else reject("refused" in answer ? new AppError("SHEET_REFUSED", answer.refused) : new Error(answer.text));
    });
    child.send(task, (error) => {
      if (error) reject(error);
    });
  });
}
