import { type Change, changeSchema, helloSchema, lostSchema } from "@mingcha/models/http";

export interface LiveHandlers {
  /** Everything that changes is told from now on. `resumed`: nothing was missed in between. */
  readonly onLive: (resumed: boolean) => void;
  /** Changes may be missed since then (ms since 1970). */
  readonly onLost: (sinceMs: number) => void;
  readonly onChange: (change: Change) => void;
  /** The session is over. */
  readonly onEnd: () => void;
}

/** The server sends something every 15 s; three times nothing is a connection that only seems to be open. */
const silentMsMax = 45_000;
/** After a refusal (too many windows, a gateway in between) the browser does not try again by itself. */
const retryMs = 15_000;

/**
 * Keeps GET /api/events open while the page can be seen: a browser allows a host six connections in all, so a hidden window gives its own back.
 * Returns what closes it for good.
 */
export function openLiveStream(handlers: LiveHandlers): () => void {
  if (typeof EventSource === "undefined") return () => undefined;
  let source: EventSource | undefined;
  let timer: number | undefined;
  let isOver = false;
  let isLive = true;

  const lose = (sinceMs = Date.now()): void => {
    if (isLive) handlers.onLost(sinceMs);
    isLive = false;
  };
  const close = (): void => {
    window.clearTimeout(timer);
    source?.close();
    source = undefined;
  };
  const reopenIn = (ms: number): void => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => {
      close();
      open();
    }, ms);
  };
  const alive = (): void => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => {
      lose();
      close();
      open();
    }, silentMsMax);
  };

  function open(): void {
    if (isOver || document.visibilityState === "hidden" || source !== undefined) return;
    const opened = new EventSource("/api/events");
    source = opened;
    const on = (name: string, handle: (data: unknown) => void) =>
      opened.addEventListener(name, (event) => {
        if (source !== opened) return;
        alive();
        handle(JSON.parse(event.data as string));
      });
    on("hello", (data) => {
      isLive = true;
      handlers.onLive(helloSchema.safeParse(data).data?.resumed ?? false);
    });
    on("lost", (data) => lose(Date.parse(lostSchema.safeParse(data).data?.since ?? "") || Date.now()));
    on("beat", () => undefined);
    on("change", (data) => {
      const change = changeSchema.safeParse(data);
      if (change.success) handlers.onChange(change.data);
    });
    on("end", () => {
      isOver = true;
      close();
      handlers.onEnd();
    });
    opened.onerror = () => {
      if (source !== opened) return;
      lose();
      if (opened.readyState === EventSource.CLOSED) reopenIn(retryMs);
    };
  }

  const onVisibility = (): void => {
    if (document.visibilityState === "hidden") {
      lose();
      close();
    } else open();
  };
  document.addEventListener("visibilitychange", onVisibility);
  open();
  return () => {
    isOver = true;
    document.removeEventListener("visibilitychange", onVisibility);
    close();
  };
}
