import { createHash, createHmac } from "node:crypto";
import { loadProfile } from "@mingcha/infra/profile";
import { legalQuestions, technicalQuestions } from "@mingcha/models/clue";
import type { DrawsView, SecondLooksView } from "@mingcha/models/http";
import type { Profile } from "@mingcha/models/profile";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestApi, passed, type TestApi } from "../testing/test-api.ts";

type Caller = Awaited<ReturnType<TestApi["signIn"]>>;
type Login = "monitor" | "monitorTech" | "tech" | "legal" | "both" | "other" | "handler" | "head" | "auditor";
const duties = {
  monitor: ["monitor"],
  monitorTech: ["monitor", "technical_reviewer"],
  tech: ["technical_reviewer"],
  legal: ["legal_reviewer"],
  both: ["technical_reviewer", "legal_reviewer"],
  other: ["technical_reviewer", "legal_reviewer"],
  handler: ["handler"],
  head: ["head"],
  auditor: ["auditor"],
} as const;

const base = loadProfile("pudong");
/** Everything is drawn; merged review is given up after three looks. */
const drawing: Profile = {
  ...base,
  review: { ...base.review, prescreen: true },
  secondLooks: { ...base.secondLooks, discardRate: 1, mergedRate: 1, minLooks: 3 },
};
const everything = passed([...technicalQuestions, ...legalQuestions]);

/** A server of its own with a clock that can be moved; people sign in again when it was. */
async function open(profile: Profile) {
  let nowMs = Date.parse("2026-11-25T02:00:00Z");
  const api = await createTestApi({ profile, now: () => new Date(nowMs) });
  const people = {} as Record<Login, Caller>;
  for (const [login, held] of Object.entries(duties)) people[login as Login] = await api.signIn(login, [...held]);
  const move = (who: Caller, id: string, event: string, extra: object = {}) =>
    api.deps.db.clue
      .findUniqueOrThrow({ where: { id } })
      .then(({ version }) => who.call("POST", `/api/clues/${id}/events`, { event, version, ...extra }));
  return {
    api,
    people,
    move,
    wait: (ms: number) => {
      nowMs += ms;
    },
    /** A record whose noise a monitor discarded. */
    discarded: async (who: Caller = people.monitor) => {
      const id = await api.seedClue();
      const answer = await move(who, id, "discard", { reasonCode: "passing" });
      return { id, answer };
    },
    /** A record that passed a merged review. */
    merged: async () => {
      const id = await api.seedClue();
      await move(people.monitor, id, "plausible");
      const answer = await move(people.both, id, "merged_pass", { checklist: everything });
      return { id, answer };
    },
    looks: async (who: Caller) => (await who.call("GET", "/api/second-looks")).json() as SecondLooksView,
  };
}
type Place = Awaited<ReturnType<typeof open>>;
const stateOf = async ({ api }: Place, id: string) =>
  (await api.deps.db.clue.findUniqueOrThrow({ where: { id } })).state;

describe("discarded noise (G-06)", () => {
  let place: Place;
  beforeAll(async () => {
    place = await open(drawing);
  });
  afterAll(() => place.api.close());

  test("needs a code of its own table, and is drawn in the same step", async () => {
    const { api, people, move } = place;
    const id = await api.seedClue();
    expect((await move(people.monitor, id, "discard")).statusCode).toBe(400);
    expect((await move(people.monitor, id, "discard", { reasonCode: "minor" })).statusCode).toBe(400);
    expect((await move(people.monitor, id, "discard", { reasonCode: "other" })).statusCode).toBe(400);
    expect((await move(people.monitor, id, "discard", { reasonCode: "light" })).json()).toMatchObject({
      state: "DISCARDED",
    });
    const { waiting } = await place.looks(people.tech);
    expect(waiting.find(({ clue }) => clue.id === id)).toMatchObject({
      kind: "discard",
      reasonCode: "light",
      of: people.monitor.person.name,
      barred: null,
    });
    await move(people.tech, id, "recheck_agree");
  });

  test("is re-checked by an officer, never by whoever discarded it, and an agreed one stays discarded", async () => {
    const { people, move } = place;
    const { id } = await place.discarded(people.monitorTech);
    expect((await move(people.monitor, id, "recheck_agree")).statusCode).toBe(403);
    expect((await move(people.monitorTech, id, "recheck_agree")).json()).toMatchObject({ guard: "H-03" });
    expect((await move(people.tech, id, "recheck_agree")).json()).toMatchObject({ state: "DISCARDED" });
    expect((await move(people.other, id, "recheck_agree")).json()).toMatchObject({ guard: "H-03" });
  });

  test("comes back to the technical review by an officer's hand with words, and nowhere else", async () => {
    const { api, people, move } = place;
    const { id } = await place.discarded();
    expect((await move(people.monitor, id, "bring_back", { note: "有货物" })).statusCode).toBe(403);
    expect((await move(people.tech, id, "bring_back")).statusCode).toBe(400);
    expect((await move(people.tech, id, "bring_back", { note: "门外有货物" })).json()).toMatchObject({
      state: "TECH_REVIEW",
    });
    const [look] = await api.deps.db.secondLook.findMany({ where: { clueId: id } });
    expect(look).toMatchObject({ result: "disagree", byId: people.tech.person.id });
    const other = await place.discarded();
    const straight = api.deps.db.clue.update({ where: { id: other.id }, data: { state: "LEGAL_REVIEW" } });
    await expect(straight).rejects.toThrow(/technical review/);
    await move(people.tech, other.id, "recheck_agree");
  });

  test("stops while drawn ones wait too long: an officer discards after looking, or the re-checks are done first", async () => {
    const late = await open(drawing);
    const first = await late.discarded();
    late.wait(6 * 86_400_000);
    const [monitor, tech] = [
      await late.api.signIn("monitor2", ["monitor"]),
      await late.api.signIn("tech2", ["technical_reviewer"]),
    ];
    const id = await late.api.seedClue();
    const refused = await late.move(monitor, id, "discard", { reasonCode: "passing" });
    expect(refused.statusCode).toBe(422);
    expect(refused.json()).toMatchObject({ guard: "G-06" });
    expect(refused.json().zh).toContain("技术审核员看过后剔除");
    expect(refused.json().en).toContain("house rule");
    expect((await late.move(monitor, id, "officer_discard", { reasonCode: "passing" })).statusCode).toBe(403);
    expect((await late.move(tech, id, "officer_discard", { reasonCode: "passing" })).json()).toMatchObject({
      state: "DISCARDED",
    });
    const third = await late.api.seedClue();
    await late.move(tech, first.id, "recheck_agree");
    expect((await late.move(monitor, third, "discard", { reasonCode: "passing" })).statusCode).toBe(200);
    await late.api.close();
  }, 60_000);

  test("is refused where sampling is switched off", async () => {
    const off = await open({ ...drawing, secondLooks: { ...drawing.secondLooks, discardRate: 0 } });
    const { answer } = await off.discarded();
    expect(answer.json()).toMatchObject({ guard: "G-06" });
    await off.api.close();
  }, 60_000);

  test("the auditor computes a draw again once its day is over; before, nobody is shown the key", async () => {
    const { id } = await place.discarded();
    const path = "/api/second-looks/draws?day=2026-11-25";
    expect((await place.people.head.call("GET", path)).statusCode).toBe(403);
    const today = (await place.people.auditor.call("GET", path)).json() as DrawsView;
    expect(today.keyHex).toBeNull();
    place.wait(86_400_000);
    const auditor = await place.api.signIn("auditor2", ["auditor"]);
    const after = (await auditor.call("GET", path)).json() as DrawsView;
    const key = Buffer.from(after.keyHex ?? "", "hex");
    const committed = await place.api.deps.db.custody.findFirstOrThrow({ where: { action: "draw.key_committed" } });
    const sha256 = createHash("sha256").update(key).digest("hex");
    expect(after.keySha256).toBe(sha256);
    expect(Buffer.from(committed.body).toString()).toContain(sha256);
    const own = after.draws.find(({ clueId }) => clueId === id);
    const hmac = createHmac("sha256", key).update(`discard:${id}:1`).digest("hex");
    expect(own?.value).toBe(Number.parseInt(hmac.slice(0, 12), 16) / 2 ** 48);
    expect(after.draws.every(({ agrees }) => agrees)).toBe(true);
  });
});

describe("merged review (H.7)", () => {
  let place: Place;
  beforeAll(async () => {
    place = await open({ ...drawing, secondLooks: { ...drawing.secondLooks, minLooks: 200 } });
  });
  afterAll(() => place.api.close());

  test("keeps both lists apart, and shows them apart", async () => {
    const { id, answer } = await place.merged();
    expect(answer.json()).toMatchObject({ state: "ADMISSIBLE" });
    const { reviews } = (await place.people.legal.call("GET", `/api/clues/${id}`)).json();
    expect(reviews[0].checklist).toHaveLength(technicalQuestions.length);
    expect(reviews[0].legalChecklist).toHaveLength(legalQuestions.length);
  });

  test("needs a person certified for both halves", async () => {
    const half = await place.api.signIn("half", ["technical_reviewer", "legal_reviewer"], { legallyQualified: false });
    const id = await place.api.seedClue();
    await place.move(place.people.monitor, id, "plausible");
    expect((await place.move(half, id, "merged_pass", { checklist: everything })).json()).toMatchObject({
      guard: "G-08",
    });
    const list = passed(technicalQuestions);
    expect((await place.move(half, id, "tech_pass", { checklist: list })).statusCode).toBe(200);
  });

  test("goes no further while its drawn second look waits, not even below the server, and on once another agreed", async () => {
    const { api, people, move } = place;
    const { id } = await place.merged();
    const dissuasion = { channel: "on_site", recipient: "店主", correctWithinMin: 0 };
    await move(people.handler, id, "dissuade", { dissuasion });
    const held = await move(people.handler, id, "not_corrected", { note: "仍在" });
    expect(held.json()).toMatchObject({ guard: "H-02" });
    await expect(api.deps.db.clue.update({ where: { id }, data: { state: "READY_TO_FILE" } })).rejects.toThrow(
      /second look/,
    );
    expect((await move(people.both, id, "second_agree")).json()).toMatchObject({ guard: "H-03" });
    expect((await move(people.handler, id, "second_agree")).statusCode).toBe(403);
    expect((await move(people.legal, id, "second_agree")).json()).toMatchObject({ state: "DISSUADED" });
    expect((await move(people.handler, id, "not_corrected", { note: "仍在" })).json()).toMatchObject({
      state: "READY_TO_FILE",
    });
  });

  test("a drawn record that is sent back before anybody looked gets no other try at a merged review", async () => {
    const { people, move } = place;
    const { id } = await place.merged();
    expect((await move(people.handler, id, "review_again", { note: "再审" })).json()).toMatchObject({
      state: "TECH_REVIEW",
    });
    expect((await move(people.both, id, "merged_pass", { checklist: everything })).json()).toMatchObject({
      guard: "G-08",
    });
  });

  test("never takes the second look of whoever reviewed, not even below the server", async () => {
    const { id } = await place.merged();
    const row = await place.api.deps.db.secondLook.findFirstOrThrow({ where: { clueId: id } });
    const own = { result: "agree", byId: place.people.both.person.id, lookedAt: new Date() };
    await expect(place.api.deps.db.secondLook.update({ where: { id: row.id }, data: own })).rejects.toThrow();
    await expect(place.api.deps.db.secondLook.delete({ where: { id: row.id } })).rejects.toThrow();
  });

  test("a second look that disagrees sends the record to two people, and to no merged review again", async () => {
    const { people, move } = place;
    const { id } = await place.merged();
    expect((await move(people.tech, id, "second_disagree")).statusCode).toBe(400);
    expect((await move(people.tech, id, "second_disagree", { note: "门线判断有误" })).json()).toMatchObject({
      state: "TECH_REVIEW",
    });
    expect((await move(people.other, id, "merged_pass", { checklist: everything })).json()).toMatchObject({
      guard: "G-08",
    });
    await move(people.both, id, "tech_pass", { checklist: passed(technicalQuestions) });
    expect((await move(people.legal, id, "legal_pass", { checklist: passed(legalQuestions) })).json()).toMatchObject({
      state: "ADMISSIBLE",
    });
  });

  test("of two second looks given at once one counts", async () => {
    const { people, move } = place;
    const { id } = await place.merged();
    const answers = await Promise.all([
      move(people.tech, id, "second_disagree", { note: "不清晰" }),
      move(people.legal, id, "second_agree"),
    ]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
  });
});

describe("falling back to two reviews", () => {
  test("too much disagreement ends merged review of the violation until the head lifts it with a reason", async () => {
    const place = await open(drawing);
    const { people, move } = place;
    for (const [event, extra] of [
      ["second_agree", {}],
      ["second_agree", {}],
      ["second_disagree", { note: "标牌遮挡" }],
    ] as const) {
      const { id, answer } = await place.merged();
      expect(answer.statusCode).toBe(200);
      expect((await move(people.tech, id, event, extra)).statusCode).toBe(200);
    }
    const { id, answer } = await place.merged();
    expect(answer.json()).toMatchObject({ guard: "G-08" });
    expect(answer.json().zh).toContain("2026-11-25");
    expect(await stateOf(place, id)).toBe("TECH_REVIEW");
    const [rate] = (await place.looks(people.head)).merged;
    expect(rate).toMatchObject({ violation: "CROSS_DOOR", looked: 3, disagreed: 1 });
    const lift = (who: Caller, reason?: string) =>
      who.call("POST", `/api/merged-fallbacks/${rate?.fallback?.id}/lift`, reason === undefined ? {} : { reason });
    expect((await lift(people.both, "可以了")).statusCode).toBe(403);
    expect((await lift(people.head)).statusCode).toBe(400);
    place.wait(1_000);
    expect((await lift(people.head, "已培训并更新门线")).statusCode).toBe(200);
    expect((await lift(people.head, "已培训并更新门线")).statusCode).toBe(409);
    expect((await move(people.both, id, "merged_pass", { checklist: everything })).statusCode).toBe(200);
    expect((await place.looks(people.auditor)).merged[0]).toMatchObject({ looked: 0, fallback: null });
    await place.api.close();
  }, 60_000);

  test.each<[string, (profile: Profile) => Profile]>([
    [
      "the bureau's own ground",
      (profile) => ({
        ...profile,
        violations: profile.violations.map((one) => ({ ...one, majorReview: "重大公共利益" })),
      }),
    ],
    [
      "a fine from the bureau's threshold on",
      (profile) => ({ ...profile, review: { ...profile.review, majorFineYuan: 500 } }),
    ],
  ])(
    "a ground of APL 58 keeps the record at two reviews: %s",
    async (_name, change) => {
      const place = await open(change(drawing));
      const { id, answer } = await place.merged();
      expect(answer.json()).toMatchObject({ guard: "G-08" });
      expect(answer.json().zh).toContain("行政处罚法 58");
      const list = passed(technicalQuestions);
      expect((await place.move(place.people.tech, id, "tech_pass", { checklist: list })).statusCode).toBe(200);
      await place.api.close();
    },
    60_000,
  );
});
