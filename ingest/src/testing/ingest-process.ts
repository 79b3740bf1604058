import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../main.ts", import.meta.url));

export const gone = (child: ChildProcess) =>
  new Promise<number | null>((resolve) => void child.once("exit", (code) => resolve(code)));

/** The real process on a test's own folder and database; every one that still runs is killed by `killAll`. */
export function createIngestProcesses(world: () => { readonly data: string; readonly url: string }) {
  const running = new Set<ChildProcess>();
  return {
    /** Answers when it says that it is ready. */
    start: async (more: Readonly<Record<string, string>> = {}): Promise<ChildProcess> => {
      const { data, url } = world();
      const env = {
        ...process.env,
        MINGCHA_DATA: data,
        MINGCHA_DEMO: "0",
        MINGCHA_MIN_FREE_MB: "0",
        MINGCHA_LOW_FREE_MB: "0",
        DATABASE_URL: url,
        LOG_LEVEL: "error",
        ...more,
      };
      const options = { env, execArgv: ["--import", "tsx"], stdio: ["ignore", "ignore", "inherit", "ipc"] as const };
      const child = fork(main, [], { ...options, stdio: [...options.stdio] });
      running.add(child);
      await new Promise<void>((resolve, reject) => {
        child.once("exit", () => {
          running.delete(child);
          reject(new Error("the process left before it was ready"));
        });
        child.on("message", (message: { ready?: boolean }) => {
          if (message.ready) resolve();
        });
      });
      return child;
    },
    /** As a machine that loses power. */
    kill: async (child: ChildProcess): Promise<void> => {
      const left = gone(child);
      child.kill("SIGKILL");
      await left;
    },
    killAll: (): void => {
      for (const child of running) child.kill("SIGKILL");
    },
  };
}
