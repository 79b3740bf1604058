import { get, type IncomingMessage } from "node:http";

/** One event of a stream, as a page gets it. */
export interface StreamEvent {
  readonly id: string | undefined;
  readonly event: string;
  readonly data: unknown;
}

/** Opens GET /api/events over a socket of its own, as a browser does. */
export async function openStream(url: string, token: string, lastEventId?: string) {
  const headers = {
    accept: "text/event-stream",
    cookie: `mingcha_sid=${token}`,
    ...(lastEventId === undefined ? {} : { "last-event-id": lastEventId }),
  };
  const response = await new Promise<IncomingMessage>((done, fail) => {
    get(`${url}/api/events`, { headers, agent: false }, done).on("error", fail);
  });
  const events: StreamEvent[] = [];
  let ended = false;
  let wake = (): void => undefined;
  const reading = (async () => {
    let rest = "";
    const text = new TextDecoder();
    for await (const chunk of response) {
      rest += text.decode(chunk as Uint8Array, { stream: true });
      const frames = rest.split("\n\n");
      rest = frames.pop() ?? "";
      for (const one of frames) {
        const field = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(one)?.[1];
        const event = field("event");
        if (event !== undefined) events.push({ id: field("id"), event, data: JSON.parse(field("data") ?? "null") });
      }
      wake();
    }
  })()
    .catch(() => undefined)
    .finally(() => {
      ended = true;
      wake();
    });

  /** Waits until something holds of what was told; never by the clock, only until the test's own limit. */
  async function until<T>(find: () => T | undefined | false): Promise<T> {
    for (;;) {
      const found = find();
      if (found !== undefined && found !== false) return found;
      await new Promise<void>((done) => {
        wake = done;
      });
    }
  }

  return {
    status: response.statusCode,
    headers: response.headers,
    events,
    changes: () => events.filter(({ event }) => event === "change").map(({ data }) => data as Record<string, string>),
    nextOf: (event: string, nth = 1) => until(() => events.filter((one) => one.event === event)[nth - 1]),
    changeOf: (wanted: Record<string, string>) =>
      until(() =>
        events.find(
          ({ event, data }) =>
            event === "change" &&
            Object.entries(wanted).every(([key, value]) => (data as Record<string, string>)[key] === value),
        ),
      ),
    ended: () => until(() => ended),
    close: async () => {
      response.destroy();
      await reading;
    },
  };
}
