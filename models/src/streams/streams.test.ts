import fc from "fast-check";
import { expect, test } from "vitest";
import { readStreamAddress } from "./address.ts";
import { retryDelayMs } from "./backoff.ts";
import { createRtpClock, rtpTicksPerS, unseenDelayMs } from "./clock.ts";
import { fairShare } from "./share.ts";

test("user name and password leave the address, per cent signs that are no escape stay", () => {
  const read = readStreamAddress("rtsp", " rtsp://admin:p%40ss@10.1.2.3/Streaming/Channels/101?x=1#y ");
  expect(read).toEqual({
    kind: "ok",
    address: {
      url: "rtsp://10.1.2.3/Streaming/Channels/101?x=1",
      host: "10.1.2.3",
      port: 554,
      user: "admin",
      password: "p@ss",
    },
  });
  expect(readStreamAddress("rtsp", "rtsp://a:50%off@cam:8554/x")).toMatchObject({
    address: { password: "50%off", port: 8554, host: "cam" },
  });
  expect(readStreamAddress("rtsp", "rtsp://[fd00::7]:8554/x")).toMatchObject({ address: { host: "fd00::7" } });
});

test.each([
  ["file:///etc/passwd", "wrong_scheme"],
  ["http://10.0.0.1/x", "wrong_scheme"],
  ["concat:a|b", "wrong_scheme"],
  ["10.0.0.1", "not_an_address"],
  ["rtsp:///x", "no_host"],
  ["", "not_an_address"],
])("%s is no address of a camera", (text, code) => {
  expect(readStreamAddress("rtsp", text)).toMatchObject({ kind: "refused", code });
});

test("waits grow to a minute, never beyond, and never all in one instant", () => {
  const delays = [1, 2, 3, 4, 5, 6, 7, 30].map((attempt) => retryDelayMs(attempt, false, 1));
  expect(delays).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
  expect(retryDelayMs(3, false, 0)).toBe(2_000);
  expect(retryDelayMs(1, true, 1)).toBe(300_000);
});

test("every source has a machine and no machine more than one above its part", () => {
  fc.assert(
    fc.property(fc.nat(1_000), fc.integer({ min: 1, max: 20 }), (streams, machines) => {
      const share = fairShare(streams, machines);
      expect(share * machines).toBeGreaterThanOrEqual(streams);
      expect(share).toBeLessThan(streams / machines + 1);
    }),
  );
});

/** Packets every 40 ms over `seconds`, each late by what `lateMs` says. */
function play(clock: ReturnType<typeof createRtpClock>, base: number, seconds: number, lateMs: (n: number) => number) {
  for (let n = 0; n < seconds * 25; n += 1) clock.packet((base + n * 3_600) % 2 ** 32, 1_000_000 + n * 40 + lateMs(n));
}

test("without reports a frame's time is the quickest arrival's, whatever the others are late by", () => {
  const clock = createRtpClock();
  play(clock, 4_294_900_000, 120, (n) => (n === 700 ? 30 : 30 + ((n * 7_919) % 400)));
  expect(clock.at(0)).toMatchObject({ method: "arrival", deviceMs: null });
  expect(clock.at(60)?.atMs).toBeCloseTo(1_000_000 + 60_000 + 30 - unseenDelayMs, 0);
  expect(clock.offset()).toBeNull();
});

test("a device that agrees with the arrivals is believed to the millisecond, over the turn of the RTP clock", () => {
  const clock = createRtpClock();
  const base = 2 ** 32 - 5 * rtpTicksPerS;
  play(clock, base, 20, () => 120);
  clock.report((base + 10 * rtpTicksPerS) % 2 ** 32, 1_010_000, 1_010_130);
  expect(clock.at(15)).toEqual({ atMs: 1_015_000, method: "rtcp", uncertaintyMs: 200, deviceMs: 1_015_000 });
  expect(clock.offset()).toEqual({ method: "rtcp", atMs: 1_010_130, offsetMs: -120, uncertaintyMs: 200 });
});

test("what a server sends ahead of its time at first does not make its clock look fast", () => {
  const clock = createRtpClock();
  play(clock, 0, 20, (n) => (n < 25 ? -600 : 80));
  clock.report(10 * rtpTicksPerS, 1_010_000, 1_010_090);
  expect(clock.offset()?.offsetMs).toBe(-80);
  expect(clock.at(0)?.atMs).toBe(1_000_000);
});

test("a slow network is not taken for a slow clock: half the quickest answer comes off, and the comparison says how unsure it is", () => {
  const clock = createRtpClock();
  clock.roundTrip(900);
  clock.roundTrip(700);
  clock.roundTrip(1_200);
  play(clock, 0, 20, () => 700);
  clock.report(10 * rtpTicksPerS, 1_010_000, 1_010_700);
  expect(clock.offset()).toEqual({ method: "rtcp", atMs: 1_010_700, offsetMs: -350, uncertaintyMs: 400 });
});

test("a device that was started with a wrong clock is told apart: its time is kept beside, never taken", () => {
  const clock = createRtpClock();
  play(clock, 0, 20, () => 50);
  clock.report(0, Date.UTC(2000, 0, 1), 1_000_050);
  const at = clock.at(10);
  expect(at).toMatchObject({ method: "arrival", deviceMs: Date.UTC(2000, 0, 1) + 10_000 });
  expect(at?.atMs).toBeCloseTo(1_010_050 - unseenDelayMs, 0);
});

test("each kind has its own schemes and ports, and an address of another kind is refused", () => {
  const read = (kind: "rtsp" | "hls" | "snapshot", text: string) => {
    const result = readStreamAddress(kind, text);
    return result.kind === "ok" ? [result.address.port, result.address.user, result.address.url] : result.code;
  };
  expect(read("rtsp", "rtsp://10.0.0.8/1")).toEqual([554, null, "rtsp://10.0.0.8/1"]);
  expect(read("hls", "https://cams.example/live/a.m3u8")).toEqual([443, null, "https://cams.example/live/a.m3u8"]);
  expect(read("snapshot", "http://me:it@10.0.0.8/picture")).toEqual([80, "me", "http://10.0.0.8/picture"]);
  expect(read("snapshot", "http://10.0.0.8:8080/picture")).toEqual([8080, null, "http://10.0.0.8:8080/picture"]);
  for (const [kind, text] of [
    ["rtsp", "http://10.0.0.8/1"],
    ["hls", "rtsp://10.0.0.8/1"],
    ["snapshot", "file:///etc/passwd"],
    ["snapshot", "ftp://10.0.0.8/x.jpg"],
  ] as const)
    expect(read(kind, text)).toBe("wrong_scheme");
});
