import { loadProfile } from "@mingcha/infra/profile";
import { createRandom, takePhoto } from "@mingcha/infra/testing";
import { coversDistrict, type Duty } from "@mingcha/models";
import {
  askOf,
  type ClueEvent,
  clueEvents,
  clueTransitions,
  isAside,
  legalQuestions,
  mayTake,
  reasonsOf,
  technicalQuestions,
} from "@mingcha/models/clue";
import { findPolicy } from "@mingcha/models/profile";
import { afterAll, beforeAll, expect, test } from "vitest";
import { phoneOf, saidOnSite } from "../testing/on-site.ts";
import { createTestApi, passed, type TestApi } from "../testing/test-api.ts";

type Caller = Awaited<ReturnType<TestApi["signIn"]>>;
let api: TestApi;
const people: Caller[] = [];

/** Steps of the walk, and races of one person from two windows; both can be made longer by the environment. */
const steps = Number(process.env.MINGCHA_WALK_STEPS ?? 2_500);
const races = Number(process.env.MINGCHA_RACES ?? 200);
const seed = Number(process.env.MINGCHA_WALK_SEED ?? 20_261_128);

beforeAll(async () => {
  // half of everything is drawn, so that the walk meets second looks; too few of them for a fall-back until late
  const profile = loadProfile("pudong");
  const secondLooks = { ...profile.secondLooks, discardRate: 0.5, mergedRate: 0.5, minLooks: 30 };
  api = await createTestApi({ profile: { ...profile, review: { ...profile.review, prescreen: true }, secondLooks } });
  const duties = [
    ["monitor"],
    ["technical_reviewer"],
    ["technical_reviewer"],
    ["legal_reviewer"],
    ["legal_reviewer"],
    ["technical_reviewer", "legal_reviewer"],
    ["handler"],
    ["handler"],
    ["technical_reviewer", "handler"],
    ["legal_reviewer", "handler"],
    ["head"],
    ["auditor"],
    ["administrator"],
    ["pilot"],
  ] as const;
  // some work in one street only
  const districts: Record<number, string[]> = { 2: ["huamu"], 4: ["huamu"], 7: ["lujiazui"] };
  for (const [nth, held] of duties.entries())
    people.push(await api.signIn(`walker-${nth}`, [...held], { districts: districts[nth] ?? [] }));
});
afterAll(() => api.close());

const everything = passed([...technicalQuestions, ...legalQuestions]);

/** What a page would send for an event, with everything that any event may ask for. */
function bodyOf(event: ClueEvent, version: number, officers: string[]) {
  const lists = { tech_pass: technicalQuestions, legal_pass: legalQuestions } as Record<
    string,
    readonly { id: string }[]
  >;
  return {
    event,
    version,
    checklist:
      event === "merged_pass" ? everything : lists[event] ? passed(lists[event] as typeof technicalQuestions) : [],
    reasonCode: askOf(event) === "closing" ? "minor" : Object.keys(reasonsOf(askOf(event)) ?? { minor: 0 })[0],
    ...(askOf(event) === "transfer" ? { transferTo: "区公安分局" } : {}),
    note: "随机走查",
    handlerIds: officers,
    ...(correcting.has(event) && version % 3 === 1
      ? { corrections: [{ field: "place", value: `更正路${version}号`, reasonCode: "zone_text", note: "随机走查" }] }
      : {}),
    ...(dissuading.has(event) ? { dissuasion: { channel: "on_site", recipient: "店主", correctWithinMin: 0 } } : {}),
  };
}

/** Steps that may correct a fact, or ask for it. */
const correcting = new Set<ClueEvent>(["tech_pass", "merged_pass", "legal_send_back"]);

const dissuading = new Set(clueTransitions.filter(({ asks }) => asks === "dissuasion").map(({ event }) => event));

/** Steps towards a case. */
const leading: readonly ClueEvent[] = [
  "plausible",
  "bring_back",
  "second_agree",
  "tech_pass",
  "legal_pass",
  "merged_pass",
  "dissuade",
  "not_corrected",
  "ready",
  "ready_verified",
  "dispatch",
  "confirm_on_site",
  "file",
];

/**
 * What the officers of a waiting record do next, whoever they are, right or wrong: a photo, words, a name. Drawn at random, so that
 * steps are tried on checks in every state.
 */
async function workOnSite(id: string, random: () => number): Promise<void> {
  const check = await api.deps.db.onSiteCheck.findFirst({
    where: { clueId: id, state: { in: ["OPEN", "SIGNED_BY_FIRST"] } },
    include: { photos: true },
  });
  if (check === null) {
    const [a, b] = [people[6], people[7]];
    if (a && b && random() < 0.5)
      await a.call("POST", `/api/clues/${id}/on-site`, { officerIds: [a.person.id, b.person.id] });
    return;
  }
  const officer = people.find(
    ({ person }) => person.id === (random() < 0.5 ? check.firstOfficerId : check.secondOfficerId),
  );
  if (officer === undefined) return;
  const phone = phoneOf(api, officer);
  const result = random() < 0.7 ? "confirmed" : "not_found";
  const answer =
    check.photos.length < 2
      ? await phone.send(check.id, await takePhoto())
      : (check.findings as { result?: string }).result || random() < 0.1
        ? await phone.sign(id)
        : await phone.save(id, { ...saidOnSite, result });
  expect(answer.statusCode, answer.body).toBeLessThan(500);
}

/** Known items of both stages, made of records that were rejected before the walk. */
async function plantSeeds(all: readonly Caller[]): Promise<string[]> {
  const holder = (duty: string) =>
    all.find(({ person }) => person.districts.length === 0 && person.duties.length === 1 && person.duties[0] === duty);
  const [monitor, tech, legal, auditor] = ["monitor", "technical_reviewer", "legal_reviewer", "auditor"].map(holder);
  const seeds: string[] = [];
  for (const stage of ["technical", "legal"]) {
    const clueId = await api.seedClue();
    const move = async (who: Caller | undefined, event: ClueEvent) => {
      const { version } = await api.deps.db.clue.findUniqueOrThrow({ where: { id: clueId } });
      const answer = await who?.call(
        "POST",
        `/api/clues/${clueId}/events`,
        bodyOf(event, version, [who?.person.id ?? ""]),
      );
      expect(answer?.statusCode, `${event}: ${answer?.body}`).toBe(200);
    };
    await move(monitor, "plausible");
    if (stage === "legal") await move(tech, "tech_pass");
    await (stage === "legal" ? move(legal, "legal_fail") : move(tech, "tech_fail"));
    const why = "随机走查用的已知记录";
    const planted = await auditor?.call("POST", "/api/seeded-items", { clueId, stage, answer: "fail", why });
    expect(planted?.statusCode, planted?.body).toBe(200);
    seeds.push(planted?.json().id);
  }
  return seeds;
}

/** States in which a record counts as evidence: whatever led there, both reviews hold, or two officers found it and its pictures are left out. */
const evidenceStates = ["ADMISSIBLE", "READY_TO_FILE", "FILED"];

async function assertLawful(id: string): Promise<void> {
  const clue = await api.deps.db.clue.findUniqueOrThrow({
    where: { id },
    include: {
      reviews: true,
      secondLooks: true,
      corrections: { orderBy: { createdAt: "asc" } },
      flag: true,
      case: { include: { handlers: true } },
    },
  });
  // what lists and papers read is the newest correction, else what the machine said
  const place = clue.corrections.filter(({ field }) => field === "place").at(-1)?.newValue ?? clue.flag.place;
  expect(clue.place).toBe(place);
  if (clue.case !== null) expect(clue.case.place).toBe(place);
  if (["VERIFIED", "CLOSED_NOT_FOUND"].includes(clue.state)) {
    const check = await api.deps.db.onSiteCheck.findFirst({
      where: { clueId: id, round: clue.round, state: "SIGNED_BY_BOTH" },
      include: { photos: true, signatures: { where: { voidedAt: null } } },
    });
    expect(new Set(check?.signatures.map(({ personId }) => personId)).size, clue.state).toBe(2);
    expect(check?.photos.length).toBeGreaterThanOrEqual(2);
    for (const { reviewerId } of clue.reviews)
      expect(check?.signatures.map(({ personId }) => personId)).not.toContain(reviewerId);
  }
  const looked = clue.secondLooks.find((row) => row.kind === "merged" && row.round === clue.round);
  if (["READY_TO_FILE", "FILED"].includes(clue.state) && looked?.drawn === true) expect(looked.result).toBe("agree");
  for (const row of clue.secondLooks) {
    expect(row.byId).not.toBe(row.ofPersonId);
    const held = people.find(({ person }) => person.id === row.byId)?.person.duties ?? [];
    if (row.byId !== null)
      expect(held.some((duty) => duty === "technical_reviewer" || duty === "legal_reviewer")).toBe(true);
  }
  for (const { reviewerId } of clue.reviews) expect(clue.prescreenedBy).not.toContain(reviewerId);
  if (!evidenceStates.includes(clue.state)) return;
  const now = clue.reviews.filter(({ round, result }) => round === clue.round && result === "pass");
  const by = (kind: string) => now.find((review) => review.kind === kind)?.reviewerId;
  const dutiesOf = (personId: string | undefined) =>
    people.find(({ person }) => person.id === personId)?.person.duties ?? [];
  const [technical, legal, merged] = [by("technical"), by("legal"), by("merged")];
  if (merged === undefined && (technical === undefined || legal === undefined)) {
    expect(clue.state).not.toBe("ADMISSIBLE");
    expect(clue.confirmedOnSite).toBe(true);
    expect(await signedChecks(clue)).toBe(1);
    if (clue.case !== null) expect(clue.case.leftOut).toBe("not_passed");
  } else if (merged === undefined) {
    expect(technical).not.toBe(legal);
    expect(dutiesOf(technical)).toContain("technical_reviewer");
    expect(dutiesOf(legal)).toContain("legal_reviewer");
  } else {
    expect(findPolicy(api.deps.profile, clue.violation)?.mergedReview).toMatchObject({ document: expect.any(String) });
    // what was disagreed with once is reviewed by two people from then on
    expect(clue.secondLooks.some((row) => row.kind === "merged" && row.result === "disagree")).toBe(false);
    expect(dutiesOf(merged)).toEqual(expect.arrayContaining(["technical_reviewer", "legal_reviewer"]));
  }
  const handlers = clue.case?.handlers.map(({ personId }) => personId) ?? [];
  for (const { reviewerId } of clue.reviews) expect(handlers).not.toContain(reviewerId);
  for (const row of clue.secondLooks) if (row.kind === "merged") expect(handlers).not.toContain(row.byId);
  if (clue.state === "FILED") expect(new Set(handlers).size).toBe(2);
}

/** A walk that gets nowhere shows nothing: each of these is taken at least once, by a longer walk if need be. */
const wanted = [
  "tech_pass",
  "legal_pass",
  "merged_pass",
  "second_agree",
  "discard",
  "bring_back",
  "dissuade",
  "not_corrected",
  "confirm_on_site",
  "file",
  "erase",
  "transfer",
];

/** Checks of the record's round that both officers signed and that are its newest. */
async function signedChecks({ id, round }: { id: string; round: number }): Promise<number> {
  const newest = await api.deps.db.onSiteCheck.findFirst({
    where: { clueId: id, round },
    orderBy: { createdAt: "desc" },
  });
  return newest?.state === "SIGNED_BY_BOTH" ? 1 : 0;
}

/** Handlers who did not review a record: the first two, where there are two. */
async function fitOfficers(clueId: string, handlers: readonly Caller[]): Promise<string[]> {
  const reviews = await api.deps.db.review.findMany({ where: { clueId }, select: { reviewerId: true } });
  const ids = handlers.map(({ person }) => person.id);
  return ids.filter((id) => !reviews.some(({ reviewerId }) => reviewerId === id)).slice(0, 2);
}

test("walked at random by every role, no record becomes evidence without both reviews by two people allowed to give them", async () => {
  const random = createRandom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const handlers = people.filter(({ person }) => person.duties.includes("handler"));
  const violations = ["CROSS_DOOR", "STALL"];
  const open = (): Promise<string> =>
    api.seedClue({
      violation: pick(violations),
      kind: pick(["fixed", "fixed", "drone"]),
      collectorId: pick(people).person.id,
      district: pick(["huamu", "huamu", "lujiazui"]),
    });
  const recused = new Set<string>();
  const clues: string[] = [];
  for (let nth = 0; nth < 12; nth++) clues.push(await open());
  const seeds = await plantSeeds(people);
  const taken: Record<string, number> = {};
  const isDone = () => wanted.every((event) => (taken[event] ?? 0) > 0);
  for (let step = 0; step < steps || (!isDone() && step < 3 * steps); step++) {
    const slot = Math.floor(random() * clues.length);
    const id = clues[slot] ?? "";
    const { version, state } = await api.deps.db.clue.findUniqueOrThrow({ where: { id } });
    // mostly what the table offers here, now and then anything at all, from an old page too
    const offered = clueTransitions.filter((row) => row.from === state).map((row) => row.event);
    // steps that lead on are tried more often, and those that end it from anywhere less, or hardly a walk would ever come to a case
    const onward = offered.filter((one) => leading.includes(one));
    const staying = random() < 0.1 ? offered : offered.filter((one) => !isAside(one));
    const tried = onward.length > 0 && random() < 0.6 ? onward : staying;
    const drawn = tried.length > 0 && random() < 0.85 ? pick(tried) : pick(clueEvents);
    // few come so far: there a case is tried for more often than not
    const event = state === "READY_TO_FILE" && random() < 0.6 ? "file" : drawn;
    const by = clueTransitions.find((row) => row.from === state && row.event === event)?.by;
    const able = people.filter(({ person }) => by !== undefined && mayTake(by, person.duties as Duty[]));
    const fit = event === "file" && random() < 0.7 ? await fitOfficers(id, handlers) : [];
    const filer = people.find(({ person }) => person.id === fit[0]);
    const who = filer ?? (able.length > 0 && random() < 0.5 ? pick(able) : pick(people));
    const officers =
      fit.length > 0 ? fit : [pick(handlers).person.id, random() < 0.7 ? who.person.id : pick(handlers).person.id];
    if (random() < 0.02) {
      const { id: personId } = who.person;
      const answer = await who.call("POST", `/api/clues/${id}/recusals`, {
        personId,
        reasonCode: "relative",
        note: "随机走查",
      });
      if (answer.statusCode === 200) recused.add(`${id}/${personId}`);
    }
    const stale = random() < 0.05 ? -1 : 0;
    const answer = await who.call("POST", `/api/clues/${id}/events`, bodyOf(event, version + stale, officers));
    expect(answer.statusCode, `seed ${seed}, step ${step}, ${event}: ${answer.body}`).toBeLessThan(500);
    if (answer.statusCode === 200) {
      taken[event] = (taken[event] ?? 0) + 1;
      // what was discarded moves by an officer's hand alone
      if (state === "DISCARDED") expect(who.person.duties).toContain("technical_reviewer");
      const { flag } = await api.deps.db.clue.findUniqueOrThrow({
        where: { id },
        include: { flag: { include: { source: true } } },
      });
      const where = `seed ${seed}, step ${step}, ${event}`;
      expect(coversDistrict(who.person.districts, flag.source.district), where).toBe(true);
      const check = await api.deps.db.onSiteCheck.findFirst({
        where: { clueId: id, state: "SIGNED_BY_BOTH" },
        orderBy: { dispatchedAt: "desc" },
      });
      const onSite = check === null ? [] : [check.firstOfficerId, check.secondOfficerId];
      const isTheirs = event === "confirm_on_site" || event === "not_found";
      const acting = event === "file" ? officers : isTheirs ? onSite : [who.person.id];
      for (const personId of acting) expect(recused, where).not.toContain(`${id}/${personId}`);
    }
    if (state === "ON_SITE_CHECK") await workOnSite(id, random);
    await assertLawful(id);
    // now and then a known item is met with anything at all: it never becomes a record, whatever is said of it
    if (step % 10 === 0) {
      const seed = pick(seeds);
      const reviewers = people.filter(({ person }) => person.duties.some((duty) => duty.endsWith("_reviewer")));
      const said = await pick(random() < 0.7 ? reviewers : people).call(
        "POST",
        `/api/clues/${seed}/events`,
        bodyOf(
          random() < 0.7 ? pick(["tech_pass", "tech_fail", "legal_pass", "legal_fail"]) : pick(clueEvents),
          1,
          officers,
        ),
      );
      expect(said.statusCode, `seed ${seed}: ${said.body}`).toBeLessThan(500);
    }
    // what has ended goes nowhere any more: another one takes its place, most of the time
    if ((offered.length === 0 || state === "DISCARDED") && random() < 0.5) clues[slot] = await open();
  }
  for (const event of wanted) expect(taken[event] ?? 0, `seed ${seed}: ${JSON.stringify(taken)}`).toBeGreaterThan(0);
  expect(recused.size, `seed ${seed}`).toBeGreaterThan(0);
  const auditor = people.find(({ person }) => person.duties.includes("auditor"));
  const { db } = api.deps;
  expect(await db.clue.count({ where: { id: { in: seeds } } })).toBe(0);
  expect(await db.seededAnswer.count()).toBeGreaterThan(0);
  expect(await db.review.count({ where: { clueId: { in: seeds } } })).toBe(0);
  expect((await auditor?.call("POST", "/api/custody/check"))?.json()).toMatchObject({ intact: true });
}, 600_000);

test("one person passing both reviews from two windows at once never succeeds", async () => {
  const both = people.find(({ person }) => person.duties.length === 2 && person.duties.includes("legal_reviewer"));
  if (both === undefined) throw new Error("nobody holds both duties");
  let [techPassed, legalPassed] = [0, 0];
  for (let nth = 0; nth < races; nth++) {
    const id = await api.seedClue({ violation: "STALL" });
    await api.deps.db.clue.update({ where: { id }, data: { state: "TECH_REVIEW" } });
    const send = (event: "tech_pass" | "legal_pass", version: number) =>
      both.call("POST", `/api/clues/${id}/events`, bodyOf(event, version, [both.person.id]));
    const answers = await Promise.all([send("tech_pass", 1), send("legal_pass", 2), send("legal_pass", 1)]);
    const again = await send("legal_pass", 2);
    techPassed += Number(answers[0]?.statusCode === 200);
    legalPassed += [...answers.slice(1), again].filter(({ statusCode }) => statusCode === 200).length;
    const kinds = await api.deps.db.review.groupBy({ by: ["kind"], where: { clueId: id, reviewerId: both.person.id } });
    expect(kinds.map(({ kind }) => kind)).toEqual(["technical"]);
  }
  expect([techPassed, legalPassed]).toEqual([races, 0]);
  console.log(`${races} races of one person from two windows: none passed both reviews`);
}, 3_600_000);

test("one person giving a merged review its own second look from another window never succeeds", async () => {
  const both = people.find(({ person }) => person.duties.length === 2 && person.duties.includes("legal_reviewer"));
  if (both === undefined) throw new Error("nobody holds both duties");
  const before = await api.deps.db.mergedFallback.findFirst({ where: { liftedAt: null } });
  const head = people.find(({ person }) => person.duties.includes("head"));
  if (before !== null) await head?.call("POST", `/api/merged-fallbacks/${before.id}/lift`, { reason: "随机走查" });
  let passes = 0;
  for (let nth = 0; nth < races; nth++) {
    const id = await api.seedClue({ violation: "CROSS_DOOR" });
    await api.deps.db.clue.update({ where: { id }, data: { state: "TECH_REVIEW" } });
    const send = (event: ClueEvent, version: number) =>
      both.call("POST", `/api/clues/${id}/events`, bodyOf(event, version, [both.person.id]));
    const answers = await Promise.all([send("merged_pass", 1), send("second_agree", 2), send("second_agree", 1)]);
    const again = await send("second_agree", 2);
    passes += Number(answers[0]?.statusCode === 200);
    expect([...answers.slice(1), again].filter(({ statusCode }) => statusCode === 200)).toEqual([]);
    expect(await api.deps.db.secondLook.count({ where: { clueId: id, result: { not: null } } })).toBe(0);
  }
  expect(passes).toBe(races);
  console.log(`${races} races of one person for the own second look: none`);
}, 3_600_000);
