import { spawn } from "node:child_process";
import { homedir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "minio";
import { freePort } from "../free-port.ts";
import { findProgram } from "./find-program.ts";

export interface MinioServer {
  readonly endpoint: string;
  readonly accessKey: string;
  readonly secretKey: string;
  readonly stop: () => void;
}

const found = () => findProgram("minio", [join(homedir(), ".cache", "mingcha", "bin")], process.env.MINIO_BIN);

/** Whether tests can have an S3 server with object lock here. */
export const hasMinio = (): boolean => found() !== undefined;

/** A MinIO server with its objects in `folder`. `port`: where one that was killed is wanted back; else a free one. */
export async function startMinio(
  folder: string,
  options: { readonly port?: number; readonly accessKey?: string; readonly secretKey?: string } = {},
): Promise<MinioServer> {
  const { port = await freePort(), accessKey = "test-access", secretKey = "test-secret-key" } = options;
  const env = {
    ...process.env,
    MINIO_ROOT_USER: accessKey,
    MINIO_ROOT_PASSWORD: secretKey,
    MINIO_BROWSER: "off",
    MINIO_UPDATE: "off",
  };
  const server = spawn(found() ?? "minio", ["server", "--quiet", "--address", `127.0.0.1:${port}`, folder], {
    env,
    stdio: "ignore",
  });
  const endpoint = `http://127.0.0.1:${port}`;
  const isUp = () =>
    fetch(`${endpoint}/minio/health/live`).then(
      (answer) => answer.ok,
      () => false,
    );
  for (let tries = 0; tries < 100 && !(await isUp()); tries += 1) await sleep(200);
  return { endpoint, accessKey, secretKey, stop: () => server.kill("SIGKILL") };
}

/** A client with the server's own key. */
export function ownerOf({
  endpoint,
  accessKey,
  secretKey,
}: Pick<MinioServer, "endpoint" | "accessKey" | "secretKey">): Client {
  const { hostname, port } = new URL(endpoint);
  return new Client({ endPoint: hostname, port: Number(port), useSSL: false, accessKey, secretKey });
}
