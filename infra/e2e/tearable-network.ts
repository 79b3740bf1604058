import { fork } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { fileURLToPath } from "node:url";
import { typescriptExecArgv } from "../src/run-typescript.ts";

interface Task {
  readonly targetPort: number;
  /** Every connection is torn once so many bytes have gone up in all. */
  readonly tornAt: readonly number[];
}
type Report = { readonly port: number } | { readonly upBytes: number; readonly torn: number };

/** A piece of network between a client and this machine's server, in a process of its own: it counts what goes up and is torn on the way. */
export async function openTearable(task: Task) {
  const child = fork(fileURLToPath(import.meta.url), [], { execArgv: typescriptExecArgv() });
  child.send(task);
  const ask = async (question?: "count"): Promise<Report> => {
    const answer = once(child, "message");
    if (question !== undefined) child.send(question);
    return (await answer)[0] as Report;
  };
  const first = await ask();
  return {
    port: "port" in first ? first.port : 0,
    count: async () => {
      const counted = await ask("count");
      return "port" in counted ? { upBytes: 0, torn: 0 } : counted;
    },
    close: () => void child.kill(),
  };
}

async function serve({ targetPort, tornAt }: Task): Promise<void> {
  const sockets = new Set<Socket>();
  let [upBytes, torn] = [0, 0];
  const tear = () => {
    for (const socket of sockets) socket.resetAndDestroy();
  };
  const server = createServer((client) => {
    const target = connect(targetPort, "127.0.0.1");
    for (const socket of [client, target]) {
      sockets.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        sockets.delete(socket);
        client.destroy();
        target.destroy();
      });
    }
    client.on("data", (piece: Buffer) => {
      upBytes += piece.length;
      if (torn >= tornAt.length || upBytes <= (tornAt[torn] ?? 0)) return;
      torn += 1;
      setImmediate(tear);
    });
    client.pipe(target);
    target.pipe(client);
  });
  process.on("message", () => void process.send?.({ upBytes, torn } satisfies Report));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  process.send?.({ port: (server.address() as AddressInfo).port } satisfies Report);
}

if (process.send !== undefined && process.argv[1] === fileURLToPath(import.meta.url))
  process.once("message", (task) => void serve(task as Task));
