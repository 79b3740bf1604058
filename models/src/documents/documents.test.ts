import { describe, expect, it } from "vitest";
import { legalQuestions, technicalQuestions } from "../clue/checklists.ts";
import {
  blankText,
  caseFactsSchema,
  documents,
  draftDocument,
  type EvidenceItem,
  emptyCaseFacts,
  layoutRuns,
  layoutText,
  sampleCaseFacts,
  unverifiedMark,
} from "./index.ts";

describe.each(documents.map((document) => [document.id, document] as const))("document %s", (id, document) => {
  it("maps its own sample, which fits the schema it declares, without a blank", () => {
    const facts = document.facts.parse(document.sample);
    const built = draftDocument(id, { ...sampleCaseFacts(), ...facts });
    expect(built.missing).toEqual([]);
    expect(layoutText(built.layout)).not.toContain(blankText);
    expect(layoutText(built.layout)).toContain(document.titleZh);
  });

  it("prints a visible blank for every missing fact and names each one in both languages", () => {
    const { layout, missing } = draftDocument(id, emptyCaseFacts());
    const blanks = layoutRuns(layout).filter((run) => run.as === "missing");
    expect(blanks.length).toBeGreaterThanOrEqual(missing.length - 2); // "no review at all" stands for its own lines
    expect(blanks.every((run) => run.text === blankText)).toBe(true);
    expect(missing.length).toBeGreaterThan(5);
    for (const fact of missing) expect([fact.labelZh, fact.labelEn].every((text) => text.length > 1)).toBe(true);
  });

  it("invents no number when the case knows nothing", () => {
    const { layout } = draftDocument(id, emptyCaseFacts());
    const checks = [...technicalQuestions, ...legalQuestions].map((question): string => question.zh);
    const said = layoutRuns(layout)
      .filter((run) => !checks.includes(run.text))
      .map((run) => run.text.replace(/UTC\+08:00|SHA-256/g, ""))
      .join("\n");
    const fixed = said.replace(/[（(]?\d[）).．]|附件：1．.*|证据0项|0项|之日起5个工作日|共\d+项/g, "");
    expect(fixed.replace(/^\d+$/gm, "")).not.toMatch(/\d/);
  });

  it("gives the same layout for the same facts", () => {
    expect(draftDocument(id, sampleCaseFacts())).toEqual(draftDocument(id, sampleCaseFacts()));
  });

  it("carries the draft watermark until a human has signed", () => {
    expect(draftDocument(id, sampleCaseFacts()).layout.watermark).toBe("草稿");
    expect(draftDocument(id, sampleCaseFacts(), { stage: "signed" }).layout.watermark).toBeNull();
  });

  it("leaves the number empty until it is allocated, then prints it", () => {
    const drafted = draftDocument(id, sampleCaseFacts()).layout.numberLine;
    expect(drafted.filter((run) => run.as === "slot")).toHaveLength(2);
    const sealed = draftDocument(id, sampleCaseFacts(), { number: { year: 2026, seq: 12 } }).layout.numberLine;
    expect(sealed.map((run) => run.text).join("")).toBe(`示城管${document.kindWord}〔2026〕12号`);
  });
});

describe("documents", () => {
  it("have distinct ids and number words", () => {
    for (const key of ["id", "kindWord", "titleZh", "titleEn"] as const)
      expect(new Set(documents.map((document) => document[key])).size).toBe(documents.length);
  });

  it("accept the sample and the empty case as facts", () => {
    expect(caseFactsSchema.parse(sampleCaseFacts())).toEqual(sampleCaseFacts());
    expect(caseFactsSchema.parse(emptyCaseFacts())).toEqual(emptyCaseFacts());
  });

  it.each([
    "filing-approval",
    "penalty-notice",
    "record-review-form",
  ] as const)("%s marks every unverified provision and reports it, and leaves verified ones alone", (id) => {
    const facts = sampleCaseFacts();
    const built = draftDocument(id, facts);
    expect(
      layoutRuns(built.layout).filter((run) => run.as === "unverified" && run.text === unverifiedMark),
    ).toHaveLength(2);
    expect(built.unverified).toHaveLength(2);
    const verified = draftDocument(id, {
      ...facts,
      provisions: facts.provisions.map((p) => ({ ...p, verified: true })),
    });
    expect(verified.unverified).toEqual([]);
    expect(layoutText(verified.layout)).not.toContain(unverifiedMark);
  });

  it("treats white space as a missing fact", () => {
    const facts = sampleCaseFacts();
    facts.case.cause = "  ";
    expect(draftDocument("filing-approval", facts).missing).toContainEqual({
      field: "case.cause",
      labelZh: "案由",
      labelEn: "Cause of action",
    });
  });

  it("name each blank evidence field by the number of its item", () => {
    const facts = sampleCaseFacts();
    facts.evidence = facts.evidence.map((item) => (item.no === 3 ? { ...item, sha256: null } : item));
    expect(draftDocument("evidence-list", facts).missing.map((fact) => fact.field)).toEqual(["evidence.sha256#3"]);
  });

  it("print below an item of evidence what has to be known of where it comes from", () => {
    const facts = sampleCaseFacts();
    const remark = "与机场通知不符：大小不同。某某决定照原样入库：机场重传过";
    facts.evidence = facts.evidence.map((item) => (item.no === 1 ? { ...item, remark } : item));
    expect(layoutText(draftDocument("evidence-list", sampleCaseFacts()).layout)).not.toContain("来源说明");
    expect(layoutText(draftDocument("evidence-list", facts).layout)).toContain(`来源说明：${remark}`);
  });

  it("keep both check lists apart in a merged review and ask for its approval", () => {
    const facts = sampleCaseFacts();
    facts.reviews = { ...facts.reviews, mode: "merged", mergedPolicyNo: null };
    const { layout, missing } = draftDocument("record-review-form", facts);
    expect(layout.title).toBe("电子技术监控记录合并审核表");
    const text = layoutText(layout);
    for (const part of ["三、技术审核", "四、法制审核", "技术审核结论", "法制审核结论"]) expect(text).toContain(part);
    expect(missing.map((fact) => fact.field)).toEqual(["review.policyNo"]);
  });

  it("tell of a hearing when the rule offers one, leave it out when not, and never guess", () => {
    const text = (hearing: ReturnType<typeof sampleCaseFacts>["hearing"]) =>
      layoutText(draftDocument("penalty-notice", { ...sampleCaseFacts(), hearing }).layout);
    expect(text({ eligible: true, reason: "较大数额罚款" })).toContain(
      "要求听证的，应当在收到本告知书之日起5个工作日内",
    );
    expect(text({ eligible: false, reason: null })).not.toContain("听证");
    expect(text(null)).toContain(`听证权利：${blankText}`);
  });

  it("say of the looking again that no review has passed it, and count it among no reviewed records", () => {
    const facts = sampleCaseFacts();
    facts.evidence = facts.evidence.map((item) => (item.no === 5 ? { ...item, origin: "recheck" } : item));
    expect(layoutText(draftDocument("penalty-notice", facts).layout)).toContain("复查画面形成于审核之后，未经审核");
    expect(layoutText(draftDocument("penalty-notice", sampleCaseFacts()).layout)).not.toContain("未经审核");
    const form = layoutText(draftDocument("record-review-form", facts).layout);
    expect(form).toContain("（共4项）");
    expect(form).not.toContain("劝阻后复查图");
  });

  it("of an order to correct say what, where, by when and what can be done against it, and mark words nobody verified", () => {
    const facts = sampleCaseFacts();
    const built = draftDocument("correction-order", facts);
    const text = layoutText(built.layout);
    for (const part of [
      "示例区示例路12号门前",
      "2026年11月18日09时05分00秒前改正",
      "恢复原状",
      "陈述、申辩",
      "行政复议",
      "行政诉讼",
    ])
      expect(text).toContain(part);
    expect(text.match(/〔文本未经法制核实〕/g)).toHaveLength(2);
    expect(built.unverified).toContain("责令改正通知书文本");
    const order = facts.order === null ? null : { ...facts.order, verified: true };
    const provisions = facts.provisions.map((one) => ({ ...one, verified: true }));
    const verified = draftDocument("correction-order", { ...facts, order, provisions });
    expect(verified.unverified).toEqual([]);
    expect(layoutText(verified.layout)).not.toContain("未经法制核实");
    const none = draftDocument("correction-order", { ...facts, act: { ...facts.act, dissuasion: null }, order: null });
    expect(none.missing.map(({ field }) => field)).toEqual(
      expect.arrayContaining(["act.correctBy", "order.requirement", "order.consequence"]),
    );
  });

  describe("where the pictures of the device are left out", () => {
    const whole = sampleCaseFacts();
    const record: EvidenceItem = {
      no: 1,
      origin: "place",
      name: "现场检查（勘验）记录",
      kind: "site_record",
      sourceName: "现场核查",
      deviceId: null,
      madeBy: "孙某某、钱某某",
      method: "两名执法人员签名",
      capturedAt: "2026-11-18T10:05:00+08:00",
      durationS: null,
      sizeBytes: 812,
      sha256: "9".repeat(64),
      parentSha256: null,
      proves: "现场所见",
      remark: null,
      storedAt: "数据库",
      picture: false,
    };
    const facts = {
      ...whole,
      evidence: [record],
      reviews: { ...whole.reviews, technical: null, legal: null },
      act: {
        ...whole.act,
        dissuasion: null,
        recheck: null,
        evidenceNos: [1],
        onSiteCheck: { at: "2026-11-18T10:05:00+08:00", officers: ["孙某某", "钱某某"], finding: "confirmed" as const },
        leftOut: { reason: "未经审核或者审核未通过的记录不得作为证据", items: whole.evidence },
      },
    };
    it.each([
      "filing-approval",
      "penalty-notice",
      "evidence-list",
    ] as const)("%s tells what two officers found, says why, and names neither the device nor its pictures", (id) => {
      const built = draftDocument(id, facts);
      const text = layoutText(built.layout);
      expect(built.missing).toEqual([]);
      expect(text).toContain("电子技术监控记录不作为本案证据（未经审核或者审核未通过的记录不得作为证据）");
      expect(text).toContain("现场检查（勘验）");
      for (const item of whole.evidence) expect(text).not.toContain(item.sha256);
      for (const word of ["固定摄像机", "31011500001320000017", "全景图", "累计"]) expect(text).not.toContain(word);
    });
    it("the review form still lists what was reviewed", () =>
      expect(layoutText(draftDocument("record-review-form", facts).layout)).toContain(
        String(whole.evidence[4]?.sha256),
      ));
  });

  it("print no hidden or reordering characters that a fact may carry", () => {
    const facts = sampleCaseFacts();
    facts.case.place = "示例路\u202e12号\u0000\u200b门前";
    expect(layoutText(draftDocument("penalty-notice", facts).layout)).toContain("示例路12号门前");
  });
});
