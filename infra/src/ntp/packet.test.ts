import fc from "fast-check";
import { expect, test } from "vitest";
import { readAnswer, writeQuestion } from "./packet.ts";

test("a question tells nothing of this machine: no time, only the number that has to come back", () => {
  const nonce = Buffer.from("0102030405060708", "hex");
  const question = writeQuestion(nonce);
  expect(question.readUInt8(0)).toBe(0b00_100_011);
  expect(question.subarray(1, 40).every((byte) => byte === 0)).toBe(true);
  expect(question.subarray(40)).toEqual(nonce);
});

test("bytes of strangers never throw, never count without our number, and never give a time that is none", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 120 }),
      fc.uint8Array({ minLength: 8, maxLength: 8 }),
      fc.boolean(),
      (bytes, number, isOurs) => {
        const [packet, nonce] = [Buffer.from(bytes), Buffer.from(number)];
        if (isOurs && packet.length >= 32) nonce.copy(packet, 24);
        const read = readAnswer(packet, nonce, 1_790_000_000_000);
        if (packet.length < 48 || !packet.subarray(24, 32).equals(nonce)) expect(read.kind).toBe("foreign");
        if (read.kind !== "ok") return;
        expect(Number.isFinite(read.time.receivedMs) && read.time.sentMs >= read.time.receivedMs).toBe(true);
        expect(read.time.stratum).toBeGreaterThanOrEqual(1);
        expect(read.time.stratum).toBeLessThanOrEqual(15);
      },
    ),
    { numRuns: 2_000 },
  );
});
