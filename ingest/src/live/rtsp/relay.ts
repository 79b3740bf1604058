import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import type { StreamReason } from "@mingcha/models/streams";
import type { LiveTarget } from "../live-kind.ts";
import { type Challenge, readChallenge, signRequest } from "../sign-request.ts";
import { rtpTimeOf, senderReportOf } from "./read-rtp.ts";
import { videoCodecOf } from "./read-sdp.ts";
import { createSplitter, NotRtsp, type RtspMessage, writeMessage } from "./split-rtsp.ts";
import { createSteadyClock, type SteadyClock } from "./steady-clock.ts";

/** Address that was resolved and allowed, as the device knows itself, and who signs in. */
export type RelayTarget = Pick<LiveTarget, "address" | "port" | "url" | "credentials">;

export interface RelayLimits {
  /** Connecting, and every answer. */
  readonly answerMs: number;
  /** Longest time without video once it plays. */
  readonly silenceMs: number;
}

export interface Relay {
  /** What a reader on this machine opens: holds no credentials. Serves one connection. */
  readonly url: string;
  readonly clock: SteadyClock;
  /** Arrival of the newest packet of video; null: none yet. */
  lastPacketMs(): number | null;
  /** Why it ended, as far as the device's side tells. */
  readonly ended: Promise<StreamReason>;
  close(reason: StreamReason): void;
}

/**
 * Stands between a device and the program that reads it: signs in to the device, so that no password is in a list of processes; connects to the
 * address that was allowed and follows no redirection; notes when each packet of video came and what the device's clock says of it, which the
 * program does not tell. Bytes of video pass unchanged.
 */
export async function openRelay(target: RelayTarget, limits: RelayLimits, onFirst: () => void): Promise<Relay> {
  const clock = createSteadyClock();
  const server = createServer({ noDelay: true });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // others on this machine may connect too: only who knows the name is let through
  const local = `rtsp://127.0.0.1:${(server.address() as AddressInfo).port}/${randomBytes(12).toString("hex")}`;
  let lastPacketMs: number | null = null;
  let end: (reason: StreamReason) => void = () => {};
  const ended = new Promise<StreamReason>((resolve) => {
    end = resolve;
  });
  const sockets: Socket[] = [];
  let timer: NodeJS.Timeout | undefined;
  const finish = (reason: StreamReason): void => {
    clearTimeout(timer);
    server.close();
    for (const socket of sockets) socket.destroy();
    end(reason);
  };
  const within = (ms: number, reason: StreamReason): void => {
    clearTimeout(timer);
    timer = setTimeout(() => finish(reason), ms);
  };

  server.once("connection", (reader) => {
    server.close();
    const device = connect({ host: target.address, port: target.port, noDelay: true });
    sockets.push(reader, device);
    within(limits.answerMs, "unreachable");
    let challenge: Challenge | null = null;
    let signed = 0;
    let videoChannel: number | null = null;
    let hasFirst = false;
    let isKnown = false;
    let isFull = false;
    const waiting: { request: RtspMessage; method: string; uri: string; tried: boolean; sentMs: number }[] = [];

    const send = (entry: (typeof waiting)[number]): void => {
      entry.sentMs = Date.now();
      const headers = new Map(entry.request.headers);
      if (challenge !== null && target.credentials !== null) {
        signed += 1;
        headers.set("authorization", signRequest(challenge, target.credentials, entry, signed));
      }
      device.write(writeMessage({ start: `${entry.method} ${entry.uri} RTSP/1.0`, headers, body: entry.request.body }));
      if (lastPacketMs === null) within(limits.answerMs, "no_answer");
    };
    const fromReader = createSplitter({
      message: (request) => {
        const [method = "", uri = ""] = request.start.split(" ");
        isKnown ||= uri.startsWith(local);
        if (!isKnown) return finish("tool_failed");
        const entry = {
          request,
          method,
          uri: uri.startsWith(local) ? target.url + uri.slice(local.length) : uri,
          tried: false,
          sentMs: 0,
        };
        waiting.push(entry);
        send(entry);
      },
      frame: (_, whole) => device.write(whole),
    });
    const fromDevice = createSplitter({
      message: (answer) => {
        const status = Number(/^RTSP\/1\.0 (\d{3})/.exec(answer.start)?.[1] ?? 0);
        // a request of the device's own: nothing here serves it
        if (status === 0) return;
        const entry = waiting.shift();
        if (entry !== undefined && lastPacketMs === null) clock.roundTrip(Date.now() - entry.sentMs);
        if (status === 401) {
          challenge = readChallenge(answer.headers.get("www-authenticate") ?? "");
          if (entry === undefined || entry.tried || challenge === null || target.credentials === null)
            return finish("wrong_password");
          signed = 0;
          entry.tried = true;
          waiting.unshift(entry);
          return send(entry);
        }
        if (status === 403) return finish("wrong_password");
        if (status === 404 || status === 454) return finish("not_found");
        // elsewhere is not where a person said it is
        if (status >= 300) return finish("refused");
        if (entry?.method === "DESCRIBE" && videoCodecOf(answer.body.toString("utf8")) === null) return finish("codec");
        if (entry?.method === "SETUP") {
          const channel = /interleaved=(\d+)/i.exec(answer.headers.get("transport") ?? "")?.[1];
          videoChannel ??= channel === undefined ? null : Number(channel);
        }
        if (entry?.method === "PLAY") within(limits.silenceMs, "silent");
        reader.write(writeMessage(answer));
      },
      frame: (channel, whole) => {
        const now = Date.now();
        if (channel === videoChannel) {
          const rtpTime = rtpTimeOf(whole);
          if (rtpTime !== null) {
            clock.packet(rtpTime, now);
            lastPacketMs = now;
            // begun with PLAY; hundreds of packets a second only push it on
            timer?.refresh();
            if (!hasFirst) onFirst();
            hasFirst = true;
          }
        } else if (videoChannel !== null && channel === videoChannel + 1) {
          const report = senderReportOf(whole);
          if (report !== null) clock.report(report.rtpTime, report.deviceMs, now);
        }
        if (reader.write(whole) || isFull) return;
        isFull = true;
        device.pause();
        reader.once("drain", () => {
          isFull = false;
          device.resume();
        });
      },
    });
    const guarded = (take: (chunk: Buffer) => void) => (chunk: Buffer) => {
      try {
        take(chunk);
      } catch (error) {
        finish(error instanceof NotRtsp ? "not_understood" : "tool_failed");
      }
    };
    reader.on(
      "data",
      guarded((chunk) => fromReader.push(chunk)),
    );
    device.on(
      "data",
      guarded((chunk) => {
        // what came at once goes on at once: a packet is small, and each write of its own is a call of the system
        reader.cork();
        fromDevice.push(chunk);
        reader.uncork();
      }),
    );
    device.once("error", () => finish(lastPacketMs === null ? "unreachable" : "ended"));
    device.once("close", () => finish(lastPacketMs === null ? "refused" : "ended"));
    reader.once("error", () => finish("tool_failed"));
    reader.once("close", () => finish("tool_failed"));
  });
  server.once("error", () => finish("tool_failed"));
  return {
    url: local,
    clock,
    lastPacketMs: () => lastPacketMs,
    ended,
    close: finish,
  };
}
