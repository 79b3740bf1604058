import { spawn } from "node:child_process";
import { freePort } from "../free-port.ts";
import { findProgram } from "./find-program.ts";
import { untilAnswers } from "./until-answers.ts";

export interface RedisServer {
  readonly url: string;
  readonly stop: () => void;
}

const found = () => findProgram("redis-server") ?? findProgram("valkey-server");

/** Whether tests can have a Redis (or Valkey) here. */
export const hasRedis = (): boolean => found() !== undefined;

/**
 * A Redis that keeps nothing on disk. @param port where one that was killed is wanted back; else a free one. @param policy what it does when it
 * is full: the queue takes `noeviction` alone.
 */
export async function startRedis(folder: string, port?: number, policy = "noeviction"): Promise<RedisServer> {
  const at = port ?? (await freePort());
  const options = ["--port", String(at), "--bind", "127.0.0.1", "--save", "", "--maxmemory-policy", policy];
  const server = spawn(found() ?? "redis-server", options, { stdio: "ignore", cwd: folder });
  await untilAnswers(at);
  return { url: `redis://127.0.0.1:${at}`, stop: () => server.kill("SIGKILL") };
}
