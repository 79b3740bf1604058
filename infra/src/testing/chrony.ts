import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { homedir, tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { askServer } from "../ntp/ask-server.ts";
import { findProgram } from "./find-program.ts";
import { freeUdpPort } from "./free-udp-port.ts";

/** Debian's package unpacked, not installed: an installed one would set this machine's clock. */
const find = () => findProgram("chronyd", ["/usr/sbin", join(homedir(), ".cache", "mingcha", "chrony", "usr", "sbin")]);

/** Whether tests can have a real NTP server; else the reason is printed. `npm test` unpacks one where it can. */
export function hasChrony(): boolean {
  if (find() !== undefined) return true;
  process.stdout.write("comparison with a real NTP server is not tested: chronyd is missing (Debian package chrony)\n");
  return false;
}

export interface NtpServer {
  readonly port: number;
  readonly stop: () => void;
}

/** A chronyd that gives this machine's own time on loopback and touches no clock (`-x`). `synchronised` false: it has no source. */
export async function startChrony({ synchronised = true } = {}): Promise<NtpServer> {
  const run = mkdtempSync(join(tmpdir(), "mingcha-chrony-"));
  const port = await freeUdpPort();
  const config = join(run, "chrony.conf");
  writeFileSync(
    config,
    [
      `port ${port}`,
      "bindaddress 127.0.0.1",
      "allow 127.0.0.1",
      "cmdport 0",
      "bindcmdaddress /",
      `pidfile ${join(run, "pid")}`,
      `driftfile ${join(run, "drift")}`,
      ...(synchronised ? ["local stratum 10"] : []),
      "",
    ].join("\n"),
  );
  const child: ChildProcess = spawn(find() ?? "chronyd", ["-n", "-x", "-u", userInfo().username, "-f", config], {
    stdio: "ignore",
  });
  // it answers before it has taken its own time for one
  const isReady = async () => {
    const asked = await askServer("127.0.0.1", port, 200);
    return asked.kind === "ok" || (!synchronised && asked.reason !== "no_answer");
  };
  for (let tries = 0; tries < 50 && child.exitCode === null && !(await isReady()); tries += 1) await sleep(100);
  if (child.exitCode !== null) throw new Error(`chronyd ended with ${child.exitCode}`);
  return { port, stop: () => child.kill("SIGKILL") };
}
