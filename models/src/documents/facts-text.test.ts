import { describe, expect, it } from "vitest";
import type { CaseFacts } from "./case-facts.ts";
import { emptyCaseFacts } from "./empty-facts.ts";
import { printCoordinates, writeFacts } from "./facts-text.ts";
import { createFiller } from "./fill.ts";
import { printDuration, proseTime } from "./print-time.ts";
import { sampleCaseFacts } from "./sample-facts.ts";

const write = (facts: CaseFacts) =>
  writeFacts(facts, createFiller())
    .map((runs) => runs.map((run) => run.text).join(""))
    .join("\n");

/** The text with every printed fact taken out: what the house itself says. */
function fixedWords(facts: CaseFacts): string {
  const { case: c, act } = facts;
  const times = [c.occurredFrom, c.occurredTo, act.dissuasion?.at, act.dissuasion?.correctBy, act.recheck?.at];
  const spans = act.intervals.flatMap(({ from, to }) => [from, to]);
  const facts_ = [
    ...[...times, ...spans].flatMap((time) => (time ? [proseTime(time)] : [])),
    ...act.objects.map(({ labelZh, count, measureZh }) => `${labelZh}${count}${measureZh}`),
    ...[act.sourceName, act.deviceId, act.spaceZh, c.place, facts.violation.titleZh].flatMap((text) => text ?? []),
    facts.party.kind === "unknown" ? "" : (facts.party.name ?? ""),
    ...facts.corrections.flatMap(({ oldText, newText }) => [oldText ?? "", newText]),
    c.coordinates ? printCoordinates(c.coordinates) : "",
    act.presentS === null ? "" : printDuration(act.presentS),
    ...[...act.evidenceNos, ...(act.recheck?.evidenceNos ?? [])].map((no) => `证据${no}`),
  ].filter((text) => text !== "");
  const longestFirst = facts_.sort((a, b) => b.length - a.length);
  return longestFirst.reduce((text, fact) => text.replaceAll(fact, "·"), write(facts).replaceAll("UTC+08:00", ""));
}

describe("facts text", () => {
  it("contains the facts of the case and nothing else", () => {
    const sample = sampleCaseFacts();
    const words = fixedWords(sample);
    expect(words).not.toMatch(/\d/);
    const other: CaseFacts = {
      ...sample,
      case: {
        ...sample.case,
        place: "别处",
        occurredFrom: "2025-01-02T03:04:05Z",
        coordinates: { longitude: -70.5, latitude: -33.4 },
      },
      party: { kind: "unit", name: "另一家", creditCode: null, legalRepresentative: null, address: null, phone: null },
      act: { ...sample.act, deviceId: "D-9", presentS: 4000, evidenceNos: [7, 8, 9, 10] },
    };
    expect(fixedWords(other)).toBe(words);
    expect(write(other)).toContain("2025年1月2日11时04分05秒");
  });

  it("leaves out what did not happen instead of saying so", () => {
    const facts = sampleCaseFacts();
    facts.act = {
      ...facts.act,
      dissuasion: null,
      recheck: null,
      onSiteCheck: null,
      intervals: [],
      presentS: null,
      objects: [],
      spaceZh: null,
    };
    expect(write(facts)).not.toMatch(/劝阻|复查|核查|累计|可见|属于/);
  });

  it("shows blind time as not counted", () => {
    expect(write(sampleCaseFacts())).toContain(
      "下列时段没有可用画面，不作认定：2026年11月18日08时20分00秒至2026年11月18日08时20分40秒",
    );
  });

  it("blanks the party while it is unknown", () => {
    const fill = createFiller();
    writeFacts({ ...emptyCaseFacts(), party: { kind: "unknown", description: "蓝色货车" } }, fill);
    expect(fill.missing().map((fact) => fact.field)).toContain("party.identity");
  });
});
