import fc from "fast-check";
import { expect, test } from "vitest";
import { dateTimeAnswer } from "../../testing/onvif-device.ts";
import { zoneOffsetMs } from "./posix-zone.ts";
import { readDateTime } from "./read-date-time.ts";
import { dateTimeQuestion, tokenDigest } from "./soap.ts";

const hourMs = 3_600_000;

test("the digest of a token is that of the example in ONVIF's Application Programmer's Guide (§6.1.1.3)", () => {
  const nonce = Buffer.from("LKqI6G/AikKCQrN0zqZFlg==", "base64");
  expect(tokenDigest(nonce, "2010-09-16T07:50:45Z", "userpassword")).toBe("tuOSpGlFlIXsozq4HFNeeGeFLEI=");
});

test("a user's name cannot break out of the message, and no two tokens are the same", () => {
  const who = { user: `a"<b>&'</Username>`, password: "x", atMs: 0 };
  const question = dateTimeQuestion(who);
  expect(question).toContain("<Username>a&quot;&lt;b&gt;&amp;&apos;&lt;/Username&gt;</Username>");
  expect(dateTimeQuestion(who)).not.toBe(question);
});

test.each([
  ["CST-8", false, 8 * hourMs],
  ["CST-08:00:00", false, 8 * hourMs],
  ["<+08>-8", false, 8 * hourMs],
  ["EST5EDT,M3.2.0,M11.1.0", false, -5 * hourMs],
  ["EST5EDT,M3.2.0,M11.1.0", true, -4 * hourMs],
  ["NST3:30NDT2:30", true, -2.5 * hourMs],
  ["IST-5:30", false, 5.5 * hourMs],
  ["UTC", false, 0],
  ["GMT+0", false, 0],
  ["", false, null],
  ["Asia/Shanghai", false, null],
  ["China Standard Time", false, null],
  ["+8", false, null],
])("zone %j, daylight saving %j", (zone, isDaylight, offsetMs) => {
  const read = zoneOffsetMs(zone, isDaylight);
  expect(read === null ? null : read + 0).toBe(offsetMs);
});

test("whatever a device answers is a time, a reason or a wish to sign in, and never anything thrown", () => {
  const whole = dateTimeAnswer(1_790_000_000_000);
  expect(readDateTime(whole)).toMatchObject({ kind: "ok", deviceMs: 1_790_000_000_000 });
  fc.assert(
    fc.property(fc.nat(whole.length), fc.nat(60), fc.string({ maxLength: 40 }), (at, length, put) => {
      const read = readDateTime(whole.slice(0, at) + put + whole.slice(at + length));
      expect(["ok", "failed", "sign_in"]).toContain(read.kind);
      if (read.kind === "ok") expect(Number.isSafeInteger(read.deviceMs)).toBe(true);
    }),
    { numRuns: 2_000 },
  );
  fc.assert(fc.property(fc.string({ maxLength: 300 }), (text) => void readDateTime(text)));
});
