import http from "node:http";
import https from "node:https";
import type { Duplex } from "node:stream";

const hasTimeout = (socket: Duplex): socket is Duplex & { setTimeout: (ms: number, then: () => void) => void } =>
  "setTimeout" in socket;

/** Ends a connection on which nothing came or went for so long: node tells of it and lets it hang otherwise. */
function endSilent<T extends Duplex | null | undefined>(socket: T, silenceMs: number): T {
  if (socket != null && hasTimeout(socket))
    socket.setTimeout(silenceMs, () => {
      socket.destroy(Object.assign(new Error(`silent for ${silenceMs} ms`), { code: "ETIMEDOUT" }));
    });
  return socket;
}

/** Connections to a server that may accept and never answer: such a request fails with ETIMEDOUT, at any moment of it. */
export function agentFor(endpoint: string, silenceMs: number): http.Agent {
  const agent = new URL(endpoint).protocol === "https:" ? new https.Agent() : new http.Agent();
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, done) => endSilent(connect(options, done), silenceMs);
  return agent;
}
