import { listenForChanges } from "@mingcha/infra/changes";
import type { Logger } from "@mingcha/infra/log";
import type { Duty } from "@mingcha/models";
import { type Change, changeSchema, type LiveEvent } from "@mingcha/models/http";
import { z } from "zod";
import { recordReaders } from "../routes/readers.ts";
import { createChangeLog, type ToldChange } from "./change-log.ts";

/** What a stream is written to; an HTTP response fits. */
export interface StreamOut {
  readonly writableLength: number;
  write(text: string): unknown;
  end(): unknown;
  destroy(): unknown;
}

/** One open page. */
interface Stream {
  readonly out: StreamOut;
  readonly personId: string;
  /** Duties of the person, or null: the session is over. Asked anew whenever it may have changed. */
  readonly readDuties: () => Promise<readonly Duty[] | null>;
  duties: readonly Duty[];
}

/** Windows of one person that hear at once; a browser allows a host six connections in all over HTTP/1.1. */
export const streamsPerPersonMax = 6;
/** A page that lets this much pile up does not read; it is dropped and asks for everything when it comes back. */
const unreadBytesMax = 256 * 1_024;
const beatEveryMs = 15_000;
/** A session that ends by time tells nobody. */
const checkEveryMs = 60_000;

const payloadSchema = z.union([changeSchema, z.object({ kind: z.literal("session"), personId: z.string() })]);

/** Records' readers hear of clues, everybody of sources: as the lists of each do. */
const mayHear = (change: Change, duties: readonly Duty[]): boolean =>
  change.kind === "source" || duties.some((duty) => recordReaders.includes(duty));

const frame = (event: LiveEvent, data: unknown, id?: string): string =>
  `${id === undefined ? "" : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

export type LiveHub = ReturnType<typeof createLiveHub>;

/**
 * Hands what PostgreSQL tells to the open pages of this process. It begins to listen with the first page, through one connection however many
 * pages there are. While that connection is gone pages are told so, and afterwards they ask for everything anew.
 */
export function createLiveHub({ databaseUrl, log, now }: { databaseUrl: string; log: Logger; now: () => Date }) {
  const streams = new Set<Stream>();
  const told = createChangeLog();
  let listener: ReturnType<typeof listenForChanges> | undefined;
  let hearing = false;
  let lostAt: Date = now();
  let closed = false;

  const drop = (stream: Stream, why: string): void => {
    if (!streams.delete(stream)) return;
    log.info({ personId: stream.personId, why }, "stream closed");
    stream.out.end();
  };
  const write = (stream: Stream, text: string): void => {
    stream.out.write(text);
    if (stream.out.writableLength <= unreadBytesMax) return;
    streams.delete(stream);
    log.warn({ personId: stream.personId }, "a page does not read its stream; dropped");
    stream.out.destroy();
  };
  const writeAll = (text: string): void => {
    for (const stream of [...streams]) write(stream, text);
  };
  const tell = (stream: Stream, { id, change }: ToldChange): void => {
    if (mayHear(change, stream.duties)) write(stream, frame("change", change, id));
  };

  async function check(stream: Stream): Promise<void> {
    try {
      const duties = await stream.readDuties();
      if (duties === null) {
        if (streams.has(stream)) write(stream, frame("end", { reason: "session" }));
        drop(stream, "session over");
      } else stream.duties = duties;
    } catch (error) {
      // the database is out of reach: nothing new comes either, and the next look decides
      log.warn({ err: error }, "a session could not be looked at");
    }
  }

  function hear(payload: string): void {
    let parsed: ReturnType<typeof payloadSchema.safeParse>;
    try {
      parsed = payloadSchema.safeParse(JSON.parse(payload));
    } catch {
      return;
    }
    if (!parsed.success) return;
    const { data } = parsed;
    if (data.kind === "session") {
      for (const stream of streams) if (stream.personId === data.personId) void check(stream);
      return;
    }
    const one = told.add(data);
    for (const stream of [...streams]) tell(stream, one);
  }

  function listen(): void {
    listener ??= listenForChanges({
      databaseUrl,
      log,
      onChange: hear,
      onHearing: () => {
        hearing = true;
        told.forget();
        writeAll(frame("hello", { resumed: false }, told.lastId()));
        for (const stream of streams) void check(stream);
      },
      onLost: () => {
        hearing = false;
        lostAt = now();
        writeAll(frame("lost", { since: lostAt.toISOString() }));
      },
    });
  }

  const beating = setInterval(() => writeAll(frame("beat", {})), beatEveryMs);
  const checking = setInterval(() => {
    for (const stream of streams) void check(stream);
  }, checkEveryMs);
  beating.unref();
  checking.unref();

  return {
    countOf: (personId: string): number => [...streams].filter((stream) => stream.personId === personId).length,
    /** Takes a page in; what it returns takes it out again. `lastEventId`: the last it was told before its stream broke. */
    open(stream: Stream, lastEventId: string | undefined): () => void {
      if (closed) {
        stream.out.end();
        return () => undefined;
      }
      streams.add(stream);
      listen();
      // a broken stream is opened anew after two seconds
      write(stream, "retry: 2000\n\n");
      if (!hearing) write(stream, frame("lost", { since: lostAt.toISOString() }));
      else {
        const missed = lastEventId === undefined ? null : told.since(lastEventId);
        write(stream, frame("hello", { resumed: missed !== null }, missed === null ? told.lastId() : undefined));
        for (const one of missed ?? []) tell(stream, one);
      }
      return () => drop(stream, "page gone");
    },
    /** Ends every stream, so that the server can close; pages come back to whoever answers next. */
    async close(): Promise<void> {
      closed = true;
      clearInterval(beating);
      clearInterval(checking);
      for (const stream of [...streams]) drop(stream, "server stops");
      await listener?.close();
    },
  };
}
