import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { daysAfter } from "../testing/old-footage.ts";
import { captured, createRetentionWorld, type RetentionWorld } from "../testing/retention-world.ts";

const none = { clips: 0, pictures: 0, smallPictures: 0, bytes: 0 };
let world: RetentionWorld;
let personId: string;
beforeAll(async () => {
  world = await createRetentionWorld();
  const person = await world.deps.db.person.create({
    data: { login: "officer", name: "执法人员", passwordHash: "x", duties: ["handler"] },
  });
  personId = person.id;
});
afterAll(() => world.close());
beforeEach(() => {
  world.clock.now = captured;
});

type Said = { decision: "proposed" | "confirmed" | "rejected" | "nothing"; clueId?: string };

/** A recording of a body camera (or another kind) of which this was said, in order. */
async function recording(said: readonly Said[], kind = "body") {
  const { db } = world.deps;
  const sourceId = await world.footage.addSource(`${kind}-${randomUUID().slice(0, 8)}`, kind);
  const clip = await world.footage.addClip(sourceId, captured);
  await db.fieldRecording.create({
    data: { clipId: clip.id, sourceId, state: "ORPHAN", startedAt: captured, ruleVersion: "1.0", matchedAt: captured },
  });
  for (const [nth, { decision, clueId }] of said.entries())
    await db.fieldDecision.create({
      data: {
        clipId: clip.id,
        ordinal: nth + 1,
        decision,
        ...(clueId === undefined ? {} : { targetKind: "clue", targetId: clueId, clueId }),
        ...(decision === "proposed" ? { certainty: "certain" } : { personId, reason: "理由" }),
      },
    });
  return clip;
}
/** A record in a state, of a camera of its own whose recording went long ago. */
async function recordIn(state: "ON_SITE_CHECK" | "CLOSED_NO_PENALTY" | "FILED"): Promise<string> {
  const clip = await world.footage.addClip(await world.footage.addSource(), daysAfter(captured, -1));
  const { clueId } = await world.footage.addAct(clip, state, { withPicture: false });
  if (clueId === null) throw new Error("no record");
  return clueId;
}
const certificateOf = (clipId: string) => world.deps.db.deletionCertificate.findFirst({ where: { clipId } });

describe("a recording of a body camera", () => {
  test("that belongs to nothing stays six months, marked as unverified, and goes then with a certificate", async () => {
    const clip = await recording([{ decision: "nothing" }]);
    await world.runAt(179);
    expect(await world.isThere(clip.sha256)).toBe(true);
    await world.runAt(181);
    expect(await world.isThere(clip.sha256)).toBe(false);
    expect(await certificateOf(clip.id)).toMatchObject({
      class: "body_recording",
      verified: false,
      ruleVersion: "1.3",
      bytesOutcome: "removed",
    });
  });

  test("that a person linked with a case stays until the case ends, and a patrol car's too", async () => {
    const clueId = await recordIn("FILED");
    const clips = [
      await recording([{ decision: "confirmed", clueId }]),
      await recording([{ decision: "confirmed", clueId }], "patrol"),
    ];
    await world.runAt(400);
    for (const { sha256 } of clips) expect(await world.isThere(sha256)).toBe(true);
  });

  test("that a person linked with a record on its way stays with it, and its term begins with the record's end", async () => {
    const clueId = await recordIn("ON_SITE_CHECK");
    const clip = await recording(
      [
        { decision: "proposed", clueId },
        { decision: "confirmed", clueId },
      ],
      "patrol",
    );
    await world.runAt(300);
    expect(await world.isThere(clip.sha256)).toBe(true);
    await world.deps.db.$transaction(async (tx) => {
      await tx.$executeRawUnsafe("set local session_replication_role = replica");
      await tx.$executeRaw`update clue set state = 'CLOSED_NO_PENALTY', updated_at = ${daysAfter(captured, 300)} where id = ${clueId}::uuid`;
    });
    await world.runAt(479);
    expect(await world.isThere(clip.sha256)).toBe(true);
    await world.runAt(481);
    expect(await certificateOf(clip.id)).toMatchObject({ class: "closed_record" });
  });

  test("that may belong to a record on its way waits for a person's word so long as the bureau says, and goes after a rejection", async () => {
    const clueId = await recordIn("ON_SITE_CHECK");
    const waiting = await recording([{ decision: "proposed", clueId }]);
    const rejected = await recording([
      { decision: "proposed", clueId },
      { decision: "rejected", clueId },
    ]);
    await world.runAt(190);
    expect(await world.isThere(waiting.sha256)).toBe(true);
    expect(await world.isThere(rejected.sha256)).toBe(false);
    await world.runAt(269);
    expect(await world.isThere(waiting.sha256)).toBe(true);
    await world.runAt(271);
    expect(await world.isThere(waiting.sha256)).toBe(false);
  });
});

test("a rule's proposal alone keeps no patrol car's recording for a record that became a case", async () => {
  const clip = await recording([{ decision: "proposed", clueId: await recordIn("FILED") }], "patrol");
  await world.runAt(31);
  expect(await certificateOf(clip.id)).toMatchObject({ class: "public_video" });
});

test("a patrol car's recording of nothing goes as public-area video does", async () => {
  const clip = await recording([], "patrol");
  expect(await world.runAt(30)).toMatchObject({ ...none, clips: expect.any(Number) });
  await world.runAt(31);
  expect(await certificateOf(clip.id)).toMatchObject({ class: "public_video", verified: true });
});
