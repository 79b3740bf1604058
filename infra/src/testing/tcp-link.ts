import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export interface TcpLink {
  readonly port: number;
  /** What goes either way arrives so much later from now on. */
  delay(ms: number): void;
  /** As a cable that is pulled: nothing passes, nobody is told, new connections get no answer. */
  cut(): void;
  mend(): void;
  close(): void;
}

/** A piece of network between a client and a server on this machine that can be made slow or cut. */
export async function openLink(targetPort: number): Promise<TcpLink> {
  let delayMs = 0;
  let isCut = false;
  const sockets = new Set<Socket>();
  const pass = (from: Socket, to: Socket): void => {
    from.on("data", (chunk: Buffer) => {
      if (isCut) return;
      setTimeout(() => {
        if (!isCut && !to.destroyed) to.write(chunk);
      }, delayMs);
    });
    from.on("close", () => {
      if (!isCut) to.destroy();
      sockets.delete(from);
    });
    from.on("error", () => undefined);
  };
  const server = createServer((client) => {
    sockets.add(client);
    client.on("error", () => undefined);
    if (isCut) return;
    const target = connect(targetPort, "127.0.0.1");
    sockets.add(target);
    pass(client, target);
    pass(target, client);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    delay: (ms) => {
      delayMs = ms;
    },
    cut: () => {
      isCut = true;
    },
    mend: () => {
      // what was lost stays lost: both ends start anew
      isCut = false;
      for (const socket of sockets) socket.destroy();
      sockets.clear();
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
