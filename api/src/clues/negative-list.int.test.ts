import { loadProfile } from "@mingcha/infra/profile";
import { legalQuestions, technicalQuestions } from "@mingcha/models/clue";
import type { DeviceRecordCode } from "@mingcha/models/device";
import type { ClueDetail } from "@mingcha/models/http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkOnSite } from "../testing/on-site.ts";
import { createTestApi, passed, type TestApi } from "../testing/test-api.ts";

type Caller = Awaited<ReturnType<TestApi["signIn"]>>;
type Answer = Awaited<ReturnType<Caller["call"]>>;
const duties = {
  monitor: ["monitor"],
  tech: ["technical_reviewer"],
  legal: ["legal_reviewer"],
  both: ["technical_reviewer", "legal_reviewer"],
  techHandler: ["technical_reviewer", "handler"],
  handler: ["handler"],
  second: ["handler"],
  head: ["head"],
  auditor: ["auditor"],
} as const;
type People = Record<keyof typeof duties, Caller>;

/** One bureau with its people. */
async function openBureau(id: string) {
  let aheadMs = 0;
  const api = await createTestApi({ profile: loadProfile(id), now: () => new Date(Date.now() + aheadMs) });
  const people = {} as People;
  for (const [login, held] of Object.entries(duties))
    people[login as keyof People] = await api.signIn(login, [...held]);
  const move = (who: Caller, clueId: string, event: string, extra: object = {}): Promise<Answer> =>
    api.deps.db.clue
      .findUniqueOrThrow({ where: { id: clueId } })
      .then(({ version }) => who.call("POST", `/api/clues/${clueId}/events`, { event, version, ...extra }));
  const officers = () => ({ handlerIds: [people.handler.person.id, people.second.person.id] });
  return {
    api,
    people,
    move,
    officers,
    tech: (clueId: string, who: Caller = people.tech) =>
      move(who, clueId, "tech_pass", { checklist: passed(technicalQuestions) }),
    legal: (clueId: string, who: Caller = people.legal) =>
      move(who, clueId, "legal_pass", { checklist: passed(legalQuestions) }),
    /** An hour passes. */
    wait: () => {
      aheadMs += 3_600_000;
    },
    order: (clueId: string, correctWithinMin = api.deps.profile.dissuasion.minCorrectMin) =>
      move(people.handler, clueId, "dissuade", {
        dissuasion: { channel: "on_site", recipient: "店主", correctWithinMin },
      }),
    stays: (clueId: string) => move(people.handler, clueId, "not_corrected", { note: "仍在原处" }),
  };
}
type Bureau = Awaited<ReturnType<typeof openBureau>>;

const capturedAt = new Date("2026-11-20T01:00:00Z");
const day = (offset: number): string => new Date(capturedAt.getTime() + offset * 86_400_000).toISOString();

/** A record of a fixed camera that has every paper from a month before, but for what `change` says. */
async function recordOf(
  { api, people }: Bureau,
  change: Partial<Record<DeviceRecordCode, [string, string?]>> = {},
  clockOffsetMs = 100,
): Promise<string> {
  const sourceId = `cam-${crypto.randomUUID().slice(0, 8)}`;
  const id = await api.seedClue({ sourceId, from: capturedAt, bareDevice: true });
  const by: [DeviceRecordCode, Caller][] = [
    ["legal_review", people.legal],
    ["technical_review", people.tech],
    ["standard", people.tech],
    ["sign", people.monitor],
    ["publication", people.monitor],
    ["metrology_exempt", people.tech],
  ];
  const only = Object.keys(change).filter((kind) => !by.some(([known]) => known === kind)) as DeviceRecordCode[];
  for (const [kind, caller] of [...by, ...only.map((kind) => [kind, people.auditor] as const)]) {
    const [validFrom, validTo] = change[kind] ?? [day(-30)];
    const body = { kind, validFrom, ...(validTo === undefined ? {} : { validTo }), reference: `〔2025〕${kind}` };
    expect((await caller.call("POST", `/api/sources/${sourceId}/records`, body)).statusCode, kind).toBe(200);
  }
  const sample = { at: day(-0.1), offsetMs: clockOffsetMs, uncertaintyMs: 50 };
  expect((await people.tech.call("POST", `/api/sources/${sourceId}/clock-samples`, sample)).statusCode).toBe(200);
  return id;
}

/** Two reviews by two people. */
async function admissible(bureau: Bureau, options: Parameters<TestApi["seedClue"]>[0] = {}): Promise<string> {
  const id = await bureau.api.seedClue(options);
  if (bureau.api.deps.profile.review.prescreen) await bureau.move(bureau.people.monitor, id, "plausible");
  const tech = await bureau.tech(id);
  expect(tech.statusCode, tech.body).toBe(200);
  const legal = await bureau.legal(id);
  expect(legal.statusCode, legal.body).toBe(200);
  return id;
}

/** Two officers were at the place and found what the record shows. */
async function confirmed({ api, people, move, officers }: Bureau, id: string): Promise<void> {
  expect((await move(people.handler, id, "dispatch", officers())).statusCode).toBe(200);
  await checkOnSite(api, id, [people.handler, people.second]);
  expect((await move(people.handler, id, "confirm_on_site", officers())).statusCode).toBe(200);
}

interface Row {
  readonly name: string;
  readonly guard: string;
  readonly bureau: "pudong" | "baoshan" | "xinchang";
  /** Tries what the law forbids; everything before it is lawful. */
  readonly attempt: (bureau: Bureau) => Promise<Answer>;
}

/** What must never happen (domain H.6, negative tests): devices, records and reviews. Each row is refused by the server, whatever a page does. */
const forbidden: readonly Row[] = [
  {
    name: "a record of a device whose place was not published",
    guard: "G-02",
    bureau: "pudong",
    attempt: async (bureau) => bureau.tech(await recordOf(bureau, { publication: [day(1)] })),
  },
  {
    name: "a record of a device whose sign was put up after the capture",
    guard: "G-02",
    bureau: "pudong",
    attempt: async (bureau) => bureau.tech(await recordOf(bureau, { sign: [day(0.5)] })),
  },
  {
    name: "a record of a device whose technical review had lapsed",
    guard: "G-02",
    bureau: "pudong",
    attempt: async (bureau) => bureau.tech(await recordOf(bureau, { technical_review: [day(-30), day(-1)] })),
  },
  ...(["suspension", "sign_missing", "publication_withdrawn", "view_moved"] as const).map(
    (kind): Row => ({
      name: `a record of a device that was suspended at capture: ${kind}`,
      guard: "G-02",
      bureau: "pudong",
      attempt: async (bureau) => bureau.tech(await recordOf(bureau, { [kind]: [day(-1), day(1)] })),
    }),
  ),
  {
    name: "a record of a camera that the watch saw turned",
    guard: "G-02",
    bureau: "pudong",
    attempt: async (bureau) => {
      const id = await recordOf(bureau);
      const { sourceId, to } = await bureau.api.deps.db.clue.findUniqueOrThrow({ where: { id } });
      const clip = await bureau.api.deps.db.clip.findFirstOrThrow({ where: { sourceId } });
      await bureau.api.deps.db.look.create({
        data: {
          clipId: clip.id,
          sourceId,
          offsetMs: 75_000,
          capturedAt: new Date(to.getTime() + 5_000),
          status: "missing",
          reason: "view_moved",
          modelId: "m",
          modelSha256: "a".repeat(64),
          detections: [],
        },
      });
      return bureau.tech(id);
    },
  },
  {
    name: "a record of a device that nobody tested for more than a year",
    guard: "G-02",
    bureau: "pudong",
    attempt: async (bureau) => bureau.tech(await recordOf(bureau, { technical_review: [day(-400)] })),
  },
  {
    name: "a record of a device with unsettled metrology",
    guard: "G-03",
    bureau: "pudong",
    attempt: async (bureau) => bureau.tech(await recordOf(bureau, { metrology_exempt: [day(2)] })),
  },
  {
    name: "a clock off by 1.2 s",
    guard: "G-04",
    bureau: "pudong",
    attempt: async (bureau) => bureau.tech(await recordOf(bureau, {}, 1_200)),
  },
  {
    name: "one image",
    guard: "G-04",
    bureau: "pudong",
    attempt: async (bureau) => {
      const id = await recordOf(bureau);
      const { flagId } = await bureau.api.deps.db.clue.findUniqueOrThrow({ where: { id } });
      await bureau.api.deps.db.evidence.deleteMany({ where: { flagId, kind: { in: ["during", "after"] } } });
      return bureau.tech(id);
    },
  },
  {
    name: "a review by whoever collected the record",
    guard: "G-08",
    bureau: "pudong",
    attempt: async (bureau) => bureau.tech(await bureau.api.seedClue({ collectorId: bureau.people.tech.person.id })),
  },
  {
    name: "a review by an officer whose certificate is not in force",
    guard: "G-08",
    bureau: "pudong",
    attempt: async (bureau) => {
      const expired = await bureau.api.signIn("expired", ["technical_reviewer"], { qualified: false });
      return bureau.tech(await bureau.api.seedClue(), expired);
    },
  },
  {
    name: "both reviews by one person",
    guard: "G-08",
    bureau: "pudong",
    attempt: async (bureau) => {
      const id = await bureau.api.seedClue();
      await bureau.tech(id, bureau.people.both);
      return bureau.legal(id, bureau.people.both);
    },
  },
  {
    name: "a reviewer as handler",
    guard: "G-07",
    bureau: "pudong",
    attempt: async (bureau) => {
      const { people } = bureau;
      const id = await bureau.api.seedClue();
      await bureau.tech(id, people.techHandler);
      await bureau.legal(id);
      await bureau.order(id);
      await bureau.stays(id);
      const handlerIds = [people.handler.person.id, people.techHandler.person.id];
      return bureau.move(people.handler, id, "file", { handlerIds });
    },
  },
  {
    name: "a merged review where the policy forbids it",
    guard: "G-08",
    bureau: "pudong",
    attempt: async (bureau) =>
      bureau.move(bureau.people.both, await bureau.api.seedClue({ violation: "STALL" }), "merged_pass", {
        checklist: passed([...technicalQuestions, ...legalQuestions]),
      }),
  },
  {
    name: "a matter that was not on the published list when it happened",
    guard: "G-09",
    bureau: "pudong",
    attempt: async (bureau) => {
      const id = await admissible(bureau, { from: new Date("2021-11-20T01:00:00Z") });
      return bureau.move(bureau.people.handler, id, "ready");
    },
  },
  {
    name: "a case straight from the camera where no law lets pictures stand alone (Baoshan)",
    guard: "G-09",
    bureau: "baoshan",
    attempt: async (bureau) => bureau.move(bureau.people.handler, await admissible(bureau), "ready"),
  },
  {
    name: "a penalty for what was corrected, where only a failure to correct is punishable (Xinchang)",
    guard: "G-12",
    bureau: "xinchang",
    attempt: async (bureau) => {
      const id = await admissible(bureau);
      await confirmed(bureau, id);
      await bureau.order(id);
      bureau.wait();
      return bureau.move(bureau.people.handler, id, "corrected_not_minor", { note: "已改正" });
    },
  },
  {
    name: "a penalty before the time to correct has passed",
    guard: "G-12",
    bureau: "xinchang",
    attempt: async (bureau) => {
      const id = await admissible(bureau);
      await confirmed(bureau, id);
      await bureau.order(id, 120);
      return bureau.stays(id);
    },
  },
];

describe.each(["pudong", "baoshan", "xinchang"] as const)("in %s", (id) => {
  let bureau: Bureau;
  beforeAll(async () => {
    bureau = await openBureau(id);
  });
  afterAll(() => bureau.api.close());

  test.each(forbidden.filter((row) => row.bureau === id))("$guard refuses $name", async ({ guard, attempt }) => {
    const answer = await attempt(bureau);
    expect(answer.statusCode, answer.body).toBe(422);
    const body = answer.json() as { code: string; guard: string; zh: string; en: string };
    expect(body).toMatchObject({ code: "GUARD_REFUSED", guard });
    // why, in both languages
    expect(body.zh).toMatch(/[一-龥]{4,}/);
    expect(body.en).toMatch(/[A-Za-z]{3,} [a-z]+/);
  });
});

describe("and besides", () => {
  let bureau: Bureau;
  beforeAll(async () => {
    bureau = await openBureau("pudong");
  });
  afterAll(() => bureau.api.close());

  test("a device that had everything passes: nothing of the list stands in its way", async () => {
    expect((await bureau.tech(await recordOf(bureau))).statusCode).toBe(200);
  });

  test("the same stall photographed six times in an hour is one clue with five joined sightings (G-05)", async () => {
    const at = (minute: number) => new Date(capturedAt.getTime() + minute * 60_000);
    const stall = { violation: "STALL", place: "示例路口", sourceId: "patrol-car" };
    const ids: string[] = [];
    for (const minute of [0, 10, 20, 30, 40, 50]) ids.push(await bureau.api.seedClue({ ...stall, from: at(minute) }));
    const [first = "", ...rest] = ids;
    const states = await bureau.api.deps.db.clue.findMany({ where: { id: { in: rest } } });
    expect(states.every(({ state, mergedIntoId }) => state === "MERGED" && mergedIntoId === first)).toBe(true);
    const { joined } = (await bureau.people.tech.call("GET", `/api/clues/${first}`)).json() as ClueDetail;
    expect(joined.items.map(({ clueId }) => clueId)).toEqual(rest);
    expect(joined).toMatchObject({ total: 5, from: at(0).toISOString(), to: at(51).toISOString() });
  });

  test("what was minor and corrected is closed without a penalty, and no step leads from there to one", async () => {
    const id = await admissible(bureau);
    await bureau.order(id);
    await bureau.api.deps.db.dissuasion.updateMany({ where: { clueId: id }, data: { lookState: "absent" } });
    const closed = await bureau.move(bureau.people.handler, id, "corrected", { note: "已收进门内" });
    expect(closed.json()).toMatchObject({ state: "CLOSED_NO_PENALTY" });
    for (const event of ["ready", "not_corrected", "file"]) {
      const extra = event === "file" ? bureau.officers() : { note: "仍要处罚" };
      const answer = await bureau.move(bureau.people.handler, id, event, extra);
      expect(answer.statusCode, event).toBe(409);
      expect(answer.json()).toMatchObject({ code: "NO_SUCH_STEP" });
    }
  });
});
