import { randomBytes, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { checkCustody } from "@mingcha/infra/custody";
import { findReference, loadClipFacts } from "@mingcha/infra/retention";
import { retentionOf } from "@mingcha/models/retention";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { daysAfter } from "../testing/old-footage.ts";
import { captured, createRetentionWorld, type RetentionWorld } from "../testing/retention-world.ts";
import { runRetention } from "./run-retention.ts";
import { writeCertificate } from "./write-certificate.ts";

const none = { clips: 0, pictures: 0, smallPictures: 0, bytes: 0 };
let world: RetentionWorld;
beforeAll(async () => {
  world = await createRetentionWorld();
});
afterAll(() => world.close());
beforeEach(() => {
  world.clock.now = captured;
});

describe("a recording that shows nothing", () => {
  test("stays to the end of its thirtieth day, then goes with a certificate; what is left of it says so", async () => {
    const clip = await world.footage.addClip(await world.footage.addSource(), captured);
    expect(await world.runAt(30)).toEqual(none);
    expect(await world.isThere(clip.sha256)).toBe(true);
    expect(await world.runAt(31)).toEqual({ ...none, clips: 1, bytes: 1 });
    expect(await world.isThere(clip.sha256)).toBe(false);
    const row = await world.clipRow(clip.id);
    expect(row).toMatchObject({ sha256: clip.sha256, deletedAt: world.clock.now, looks: [{}], telemetry: [] });
    const certificate = await world.deps.db.deletionCertificate.findFirstOrThrow({ where: { clipId: clip.id } });
    expect(certificate).toMatchObject({
      kind: "clip",
      sha256: clip.sha256,
      sizeBytes: clip.sizeBytes,
      class: "public_video",
      verified: true,
      ruleVersion: "1.3",
      machine: "test-machine",
      decidedAt: world.clock.now,
      keepUntil: new Date(daysAfter(captured, 30).getTime() + 10_000),
      bytesOutcome: "removed",
    });
    const entry = await world.deps.db.custody.findUniqueOrThrow({ where: { seq: certificate.custodySeq } });
    expect(entry).toMatchObject({ action: "clip.deleted", subject: `clip:${clip.id}` });
    expect(Buffer.from(entry.body).toString()).toContain(clip.sha256);
    expect(await checkCustody(world.deps.db)).toMatchObject({ intact: true });
    expect(await world.runAt(32)).toEqual(none);
  });

  test("goes with the copy that was put aside in the watched folder", async () => {
    const clip = await world.footage.addClip(await world.footage.addSource(), captured);
    const aside = await putAside(clip.id);
    await world.runAt(31);
    expect(existsSync(aside)).toBe(false);
  });

  test("that carries its own telemetry goes whole: its flight, which has the video's hash, keeps no byte of it", async () => {
    const clip = await world.footage.addClip(await world.footage.addSource(), captured);
    const flightOf = (telemetrySha256: string) =>
      world.deps.db.flight.create({
        data: { sourceId: clip.sourceId, startedAt: captured, telemetrySha256, telemetryFormat: "klv/misb" },
      });
    const flight = await flightOf(clip.sha256);
    await world.deps.db.clip.update({ where: { id: clip.id }, data: { flightId: flight.id } });
    const beside = await world.deps.store.putBytes(Buffer.from("srt"));
    await flightOf(beside.sha256);
    await world.runAt(31);
    expect(await world.isThere(clip.sha256)).toBe(false);
    expect(await world.deps.db.deletionCertificate.findFirst({ where: { clipId: clip.id } })).toMatchObject({
      bytesOutcome: "removed",
    });
    expect(await findReference(world.deps.db, beside.sha256)).toBe("flight.telemetry_sha256");
  });

  test("that has the bytes of another one leaves them until the last of both is free", async () => {
    const bytes = randomBytes(3_000);
    const first = await world.footage.addClip(await world.footage.addSource(), captured, { bytes });
    const second = await world.footage.addClip(await world.footage.addSource(), daysAfter(captured, 5), { bytes });
    expect(second.sha256).toBe(first.sha256);
    const [aside, ofSecond] = [await putAside(first.id), await putAside(second.id)];
    await world.runAt(31);
    expect(await world.isThere(first.sha256)).toBe(true);
    expect(await world.deps.db.deletionCertificate.findFirst({ where: { clipId: first.id } })).toMatchObject({
      bytesOutcome: "shared",
    });
    // the copy in the watched folder was the first one's own
    expect([existsSync(aside), existsSync(ofSecond)]).toEqual([false, true]);
    await world.runAt(36);
    expect(await world.isThere(first.sha256)).toBe(false);
    expect(await world.deps.db.deletionCertificate.findFirst({ where: { clipId: second.id } })).toMatchObject({
      bytesOutcome: "removed",
    });
  });

  test("has the next number even where a transaction before it was rolled back: the certificates have no holes", async () => {
    const { db } = world.deps;
    const clip = await world.footage.addClip(await world.footage.addSource(), captured);
    const last = (await db.deletionCertificate.aggregate({ _max: { number: true } }))._max.number ?? 0;
    const common = { clipId: clip.id, sourceId: clip.sourceId, name: "x", sha256: clip.sha256, sizeBytes: 1n };
    const times = { capturedFrom: captured, capturedTo: captured, receivedAt: captured };
    const rolledBack = db.$transaction(async (tx) => {
      const retention = { keepUntilMs: captured.getTime(), because: "public_video", heldBy: [] } as const;
      await writeCertificate(tx, world.deps, { kind: "clip", ...common, ...times }, retention);
      throw new Error("rolled back");
    });
    await expect(rolledBack).rejects.toThrow("rolled back");
    await world.runAt(31);
    expect(await db.deletionCertificate.findFirst({ where: { clipId: clip.id } })).toMatchObject({ number: last + 1 });
  });

  test("whose bytes the store will not give up keeps an open certificate, and is asked for again", async () => {
    const clip = await world.footage.addClip(await world.footage.addSource(), captured);
    await world.moveTo(31);
    const locked = { ...world.deps.store, remove: () => Promise.reject(new Error("locked")) };
    expect(await runRetention({ ...world.deps, store: locked })).toEqual({ ...none, clips: 1 });
    expect(await world.deps.db.deletionCertificate.findFirst({ where: { clipId: clip.id } })).toMatchObject({
      bytesAt: null,
    });
    expect(await world.runAt(31)).toEqual({ ...none, bytes: 1 });
    expect(await world.isThere(clip.sha256)).toBe(false);
  });
});

/** As a clip that came by the watched folder leaves its file there. */
async function putAside(clipId: string): Promise<string> {
  const { id } = await world.deps.db.intake.create({
    data: {
      via: "folder",
      fileName: "old.mp4",
      stagedPath: "",
      dedupeKey: randomUUID(),
      sizeBytes: 1,
      state: "STORED",
      clipId,
    },
  });
  const aside = join(world.deps.folders.inbox, ".taken", `${id}-old.mp4`);
  mkdirSync(join(world.deps.folders.inbox, ".taken"), { recursive: true });
  writeFileSync(aside, "copy");
  return aside;
}

describe("what is held is never deleted, ten years later either", () => {
  type Clip = Awaited<ReturnType<RetentionWorld["footage"]["addClip"]>>;
  const person = async () =>
    (await world.deps.db.person.create({ data: { login: randomUUID(), name: "x", passwordHash: "-", duties: [] } })).id;
  const addHold = async (sourceId: string, at: Date) =>
    world.deps.db.legalHold.create({
      data: {
        sourceId,
        from: new Date(at.getTime() - 60_000),
        to: at,
        reason: "r",
        until: daysAfter(captured, 5_000),
        setBy: await person(),
        setAt: captured,
      },
    });

  /** A rejected record whose flag is a gate pass in a lead, as comparing writes it (api/src/trucks). */
  async function addLead(clip: Clip, state: string) {
    const withPicture = state !== "DISCARDED" && state !== "LAPSED";
    const { flag } = await world.footage.addAct(clip, "REJECTED", { withPicture });
    const key = randomUUID();
    const document = { check: {}, tripKey: key, tripRows: [key], flagIds: [randomUUID(), flag.id], tipping: null };
    return world.deps.db.truckLead.create({
      data: { key, rule: "COVER_FAIL", plate: "沪B40001", day: "2026-03-01", at: captured, state, document },
    });
  }
  const holds: [string, (clip: Clip) => Promise<unknown>][] = [
    ["a flag without its record", (clip) => world.footage.addAct(clip, null)],
    ["a record in technical review", (clip) => world.footage.addAct(clip, "TECH_REVIEW")],
    ["an admissible record", (clip) => world.footage.addAct(clip, "ADMISSIBLE")],
    ["a record that became a case", (clip) => world.footage.addAct(clip, "FILED")],
    [
      "a record merged into one on its way",
      async (clip) => {
        const elsewhere = await world.footage.addClip(clip.sourceId, daysAfter(captured, -3));
        const root = await world.footage.addAct(elsewhere, "LEGAL_REVIEW");
        return world.footage.addAct(clip, "MERGED", { mergedIntoId: root.clueId });
      },
    ],
    [
      "a discard that waits for its second look",
      async (clip) => {
        const { clueId } = await world.footage.addAct(clip, "DISCARDED");
        const data = {
          clueId: clueId ?? "",
          kind: "discard",
          round: 1,
          violation: "STALL",
          ofPersonId: await person(),
        };
        return world.deps.db.secondLook.create({
          data: { ...data, day: "2026-03-01", value: 0, rate: 1, drawn: true, dueAt: captured },
        });
      },
    ],
    [
      "a rejected record that is a known item",
      async (clip) => {
        const { clueId } = await world.footage.addAct(clip, "REJECTED");
        return world.deps.db.$transaction(async (tx) => {
          await tx.$executeRawUnsafe("set local session_replication_role = replica");
          return tx.seededItem.create({
            data: { clueId: clueId ?? "", stage: "technical", answer: "fail", why: "w", createdBy: await person() },
          });
        });
      },
    ],
    [
      "a rejection that a suppression in force rests on",
      async (clip) => {
        const { flag } = await world.footage.addAct(clip, "REJECTED");
        return world.deps.db.suppression.create({
          data: {
            sourceId: clip.sourceId,
            ruleKey: flag.ruleKey,
            violation: "STALL",
            zoneId: "z1",
            boxNorm: [0, 0, 1, 1],
            flagIds: [flag.id],
            reason: "r",
            validFrom: captured,
            validUntil: daysAfter(captured, 5_000),
            approvedBy: await person(),
          },
        });
      },
    ],
    [
      "a look after the time allowed by an order",
      async (clip) => {
        const other = await world.footage.addClip(clip.sourceId, daysAfter(captured, -3));
        const { clueId } = await world.footage.addAct(other, "DISSUADED");
        return world.deps.db.dissuasion.create({
          data: {
            clueId: clueId ?? "",
            channel: "sms",
            recipient: "x",
            text: "t",
            outcome: "sent",
            sentAt: captured,
            correctBy: captured,
            createdBy: await person(),
            lookClipId: clip.id,
            lookSha256: clip.sha256,
          },
        });
      },
    ],
    ...(["NEW", "TAKEN_UP"] as const).map((state): (typeof holds)[number] => [
      `a lead about a truck that rests on its gate pass: ${state}`,
      (clip) => addLead(clip, state),
    ]),
    ["a legal hold", (clip) => addHold(clip.sourceId, captured)],
    [
      "a legal hold on a stretch in which its start may lie, for how unsure that is",
      async (clip) => {
        await world.footage.addAct(clip, "REJECTED");
        return addHold(clip.sourceId, new Date(captured.getTime() - clip.startUncertaintyMs));
      },
    ],
  ];
  test.each(holds)("%s", async (_, hold) => {
    const clip = await world.footage.addClip(await world.footage.addSource(), captured);
    await hold(clip);
    const pictures = await world.deps.db.evidence.findMany({ where: { clipId: clip.id } });
    await world.runAt(3_650);
    expect((await world.clipRow(clip.id)).deletedAt).toBeNull();
    for (const { sha256 } of [clip, ...pictures]) expect(await world.isThere(sha256)).toBe(true);
  });

  test("a clip that nobody has looked at", async () => {
    const clip = await world.footage.addClip(await world.footage.addSource(), captured, { state: "STORED" as never });
    await world.runAt(3_650);
    expect((await world.clipRow(clip.id)).deletedAt).toBeNull();
    await expect(
      world.deps.db.clip.update({ where: { id: clip.id }, data: { deletedAt: world.clock.now } }),
    ).rejects.toThrow(/clip_deleted_after_look/);
  });

  test("a clip that could not be analysed, until a person has looked at it and let it go; then it goes with a certificate", async () => {
    const sourceId = await world.footage.addSource();
    const failed = await world.footage.addClip(sourceId, captured, { state: "QUARANTINED" as never });
    await world.runAt(3_650);
    expect(await world.isThere(failed.sha256)).toBe(true);
    const clips = await world.deps.db.clip.findMany({ where: { sourceId } });
    const [loaded] = await loadClipFacts(world.deps.db, sourceId, clips, world.clock.now);
    if (!loaded) throw new Error("no facts");
    expect(retentionOf(loaded.facts, world.deps.settings, world.clock.now.getTime()).heldBy).toEqual([
      { kind: "analysis_failed", of: "" },
    ]);
    await expect(
      world.deps.db.clip.update({ where: { id: failed.id }, data: { deletedAt: world.clock.now } }),
    ).rejects.toThrow(/clip_deleted_after_look/);
    await world.deps.db.clip.update({ where: { id: failed.id }, data: { letGoAt: world.clock.now } });
    await world.runAt(3_651);
    expect(await world.isThere(failed.sha256)).toBe(false);
    expect(await world.deps.db.deletionCertificate.findFirst({ where: { clipId: failed.id } })).toMatchObject({
      kind: "clip",
      sha256: failed.sha256,
      class: "public_video",
      bytesOutcome: "removed",
    });
  });

  test("a lead about a truck that was discarded or has lapsed holds nothing", async () => {
    for (const state of ["DISCARDED", "LAPSED"]) {
      const clip = await world.footage.addClip(await world.footage.addSource(), captured);
      await addLead(clip, state);
      await world.runAt(41);
      expect((await world.clipRow(clip.id)).deletedAt, state).not.toBeNull();
    }
  });

  test("a drawn look that waits for its answer, for as long as it is asked for", async () => {
    const clip = await world.footage.addClip(await world.footage.addSource(), captured);
    const draw = await world.deps.db.lookDraw.create({
      data: { sourceId: clip.sourceId, day: captured, key: "00", looks: 1, flagged: 0, wanted: 1, drawnAt: captured },
    });
    await world.deps.db.lookSample.create({
      data: { drawId: draw.id, clipId: clip.id, offsetMs: 0, capturedAt: captured, ordinal: 2 },
    });
    await world.runAt(59);
    expect((await world.clipRow(clip.id)).deletedAt).toBeNull();
    await world.runAt(61);
    expect((await world.clipRow(clip.id)).deletedAt).not.toBeNull();
  });

  test("goes once its hold is lifted", async () => {
    const clip = await world.footage.addClip(await world.footage.addSource(), captured);
    const [setBy, other] = [await person(), await person()];
    const hold = await world.deps.db.legalHold.create({
      data: {
        sourceId: clip.sourceId,
        from: captured,
        to: captured,
        reason: "r",
        until: daysAfter(captured, 900),
        setBy,
        setAt: captured,
      },
    });
    await world.runAt(100);
    expect((await world.clipRow(clip.id)).deletedAt).toBeNull();
    await expect(
      world.deps.db.legalHold.update({
        where: { id: hold.id },
        data: { liftProposedBy: setBy, liftedBy: setBy, liftedAt: world.clock.now },
      }),
    ).rejects.toThrow(/legal_hold_lifted_by_two/);
    await world.deps.db.legalHold.update({
      where: { id: hold.id },
      data: { liftProposedBy: setBy, liftedBy: other, liftedAt: world.clock.now },
    });
    await world.runAt(100);
    expect((await world.clipRow(clip.id)).deletedAt).not.toBeNull();
  });
});

describe("a record that was rejected", () => {
  test("keeps its row and a small picture; video and pictures go thirty days after the decision, the small picture after two years", async () => {
    const clip = await world.footage.addClip(await world.footage.addSource(), captured);
    const { picture, clueId } = await world.footage.addAct(clip, "REJECTED", { changedAt: daysAfter(captured, 10) });
    const id = picture?.id ?? "";
    await world.runAt(39);
    expect((await world.clipRow(clip.id)).deletedAt).toBeNull();
    expect(await world.runAt(41)).toEqual({ ...none, clips: 1, pictures: 1, bytes: 2 });
    expect(await world.isThere(clip.sha256)).toBe(false);
    expect(await world.isThere(picture?.sha256 ?? "")).toBe(false);
    const small = await world.deps.db.evidence.findUniqueOrThrow({ where: { id } });
    const bytes = await buffer(await world.deps.store.read(small.smallSha256 ?? ""));
    expect(bytes.length).toBeLessThan(20_000);
    expect(await world.deps.db.clue.findUnique({ where: { id: clueId ?? "" } })).toMatchObject({ state: "REJECTED" });
    expect(await world.deps.db.deletionCertificate.findFirst({ where: { evidenceId: id } })).toMatchObject({
      class: "rejected_record",
      verified: false,
    });
    await world.runAt(700);
    expect(await world.isThere(small.smallSha256 ?? "")).toBe(true);
    expect(await world.runAt(741)).toMatchObject({ smallPictures: 1 });
    expect(await world.isThere(small.smallSha256 ?? "")).toBe(false);
  });

  test("shares a clip with one that became a case: nothing of the clip goes", async () => {
    const clip = await world.footage.addClip(await world.footage.addSource(), captured);
    const rejected = await world.footage.addAct(clip, "REJECTED");
    const filed = await world.footage.addAct(clip, "FILED");
    await world.runAt(3_000);
    expect((await world.clipRow(clip.id)).deletedAt).toBeNull();
    expect(await world.isThere(filed.picture?.sha256 ?? "")).toBe(true);
    expect(await world.deps.db.evidence.findUnique({ where: { id: rejected.picture?.id ?? "" } })).toMatchObject({
      deletedAt: expect.any(Date),
    });
  });
});
