import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { ConfigError } from "../config/index.ts";

/** One supervisor per data folder. A file left by a killed one is recognised by its process being gone. */
export function holdDataFolder(dataFolder: string): () => void {
  const file = join(dataFolder, "supervisor.pid");
  if (existsSync(file)) {
    const pid = Number(readFileSync(file, "utf8"));
    if (pid !== process.pid && isSupervisor(pid))
      throw new ConfigError(
        `Mingcha is already running on this data folder (process ${pid}); stop it first or set MINGCHA_DATA.`,
      );
  }
  writeFileSync(file, String(process.pid));
  return () => rmSync(file, { force: true });
}

function isSupervisor(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("launcher");
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Throws one clear sentence when the port is taken or not allowed. */
export async function assertPortFree(host: string, port: number): Promise<void> {
  const server = createServer();
  try {
    await new Promise<void>((done, fail) => server.once("error", fail).listen(port, host, done));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EADDRINUSE")
      throw new ConfigError(`Port ${port} on ${host} is already in use; set MINGCHA_PORT to a free one.`);
    throw new ConfigError(
      `Port ${port} on ${host} cannot be opened (${code ?? "unknown reason"}); set MINGCHA_HOST or MINGCHA_PORT.`,
    );
  }
  await new Promise((done) => server.close(done));
}
