import { describe, expect, test } from "vitest";
import { matchHeadings, objectColumns } from "./columns.ts";
import { objectFactSchema } from "./facts.ts";
import { type ObjectKind, objectKindCodes } from "./kinds.ts";
import { planImport, type RegisterEntry } from "./plan-import.ts";
import { type Cell, cellText, readClock, readDay, readDays } from "./read-cell.ts";
import { readRow } from "./read-row.ts";

const shopHeads = ["店名", "地点", "统一社会信用代码", "联系电话", "承诺书签订日期", "承诺书编号"];
const read = (kind: ObjectKind, heads: string[], rows: Cell[][]) =>
  rows.map((cells, nth) => readRow(kind, matchHeadings(kind, heads), cells, nth + 2));
const shops = (...rows: Cell[][]) => read("shop", shopHeads, rows);
const problems = (rows: ReturnType<typeof shops>) => rows.map((row) => row.problems.map(({ code }) => code));

describe("headings", () => {
  test("of a template are known in both languages, whatever blanks, brackets and capitals stand in them", () => {
    for (const kind of objectKindCodes) {
      const fields = objectColumns[kind].map(({ field }) => field);
      for (const side of ["zh", "en"] as const)
        expect(
          matchHeadings(
            kind,
            objectColumns[kind].map(({ title }) => title[side]),
          ).map((one) => one?.field),
        ).toEqual(fields);
    }
    expect(matchHeadings("shop", [" 统一社会信用代码（18位）*", "SHOP NAME", "天气"]).map((one) => one?.field)).toEqual(
      ["creditCode", "name", undefined],
    );
  });
  test("that name a column twice count once", () => {
    expect(matchHeadings("shop", ["店名", "名称"]).map((one) => one?.field)).toEqual(["name", undefined]);
  });
});

describe("cells", () => {
  test("dates are read as sheets write them, and none is guessed", () => {
    const same = [
      "2026-03-01",
      "2026/3/1",
      "2026.03.01",
      "2026年3月1日",
      "20260301",
      "2026-03-01 00:00:00",
      new Date("2026-03-01T00:00:00Z"),
      46_082,
    ];
    expect(same.map(readDay)).toEqual(same.map(() => "2026-03-01"));
    for (const wrong of ["2026-02-30", "01/03/2026", "26-3-1", "三月", "", null, 3, true])
      expect(readDay(wrong)).toBeNull();
  });
  test("times and weekdays too", () => {
    expect(["7:30", "07:30", "7点30分", 0.3125].map(readClock)).toEqual(Array(4).fill("07:30"));
    expect([readClock("24:00"), readClock("7点"), readClock("25:00"), readClock("早上")]).toEqual([
      "24:00",
      "07:00",
      null,
      null,
    ]);
    expect(["周一至周五", "1-5", "星期一到星期五"].map(readDays)).toEqual(Array(3).fill("1-5"));
    expect([readDays("每天"), readDays("周六、周日"), readDays("周末"), readDays("工作日")]).toEqual([
      "1-7",
      "6,7",
      "6-7",
      null,
    ]);
  });
  test("long numbers stay whole, and the mark of an export is taken off", () => {
    expect([cellText(13_800_000_000), cellText("'=店"), cellText("'店'"), cellText(null)]).toEqual([
      "13800000000",
      "=店",
      "'店'",
      "",
    ]);
  });
});

describe("rows", () => {
  test("say what is wrong with each field", () => {
    const rows = shops(
      ["店", "路", "91350100M000100Y43", "", "2026-03-01", "甲"],
      ["店", null, "91350100M000100Y44", "", "", ""],
      [null, "路", "123", "", "2026-13-01", "甲"],
      ["店", "路", "91350100M000100Z43", "", "2026-03-01；2026-04-01", "甲"],
    );
    expect(problems(rows)).toEqual([
      [],
      ["bad_credit_code_check", "missing"],
      ["bad_credit_code_length", "bad_date", "missing"],
      ["bad_credit_code_alphabet", "pledges_uneven"],
    ]);
  });
  test("of a formula are a text like any other", () => {
    const [row] = planImport("shop", shops(['=HYPERLINK("http://x")', "路", "", "", "", ""]), []);
    expect(row).toMatchObject({ action: "create", fact: { name: '=HYPERLINK("http://x")' } });
  });
  test("of permits know matters by code and name, names with commas too", () => {
    const heads = ["批准文号", "地点", "允许事项", "有效期起", "有效期止", "开始时间", "结束时间"];
    const row = (matters: string, to = "2026-12-31"): Cell[] => [
      "1",
      "路",
      matters,
      "2026-01-01",
      to,
      "17:00",
      "22:00",
    ];
    const [ok, unknown, late] = planImport(
      "permit",
      read("permit", heads, [
        row("stall; 未统一标识、未装电子信息装置、未随车带证;跨门经营"),
        row("跳舞"),
        [...row("STALL", "2025-12-31").slice(0, 1), "另一路", ...row("STALL", "2025-12-31").slice(2)],
      ]),
      [],
    );
    expect(ok?.fact).toMatchObject({ violations: ["STALL", "TRUCK_NO_DEVICE", "CROSS_DOOR"], days: "1-7" });
    expect(unknown?.problems[0]?.code).toBe("unknown_violation");
    expect(late?.problems[0]?.code).toBe("ends_before_begin");
  });
});

describe("a plan", () => {
  const entry = (id: string, over: object): RegisterEntry => ({
    id,
    version: 3,
    fact: objectFactSchema.parse({ kind: "shop", name: "店", place: "路", telephone: "021-58000000", ...over }),
  });
  test("tells new, changed and unchanged apart; an empty cell changes nothing and a pledge is added", () => {
    const register = [
      entry("a", {}),
      entry("b", { name: "乙店", pledges: [{ signedOn: "2026-01-01", reference: "一" }] }),
    ];
    const plan = planImport(
      "shop",
      shops(
        ["店", "路", "", "", "", ""],
        ["乙店", "路", "", "", "2026-02-01；2026-01-01", "二；一"],
        ["丙店", "路", "", "", "", ""],
        ["店", "路", "91350100M000100Y43", "", "", ""],
      ).slice(0, 3),
      register,
    );
    expect(plan.map(({ action }) => action)).toEqual(["same", "update", "create"]);
    expect(plan[1]).toMatchObject({
      objectId: "b",
      version: 3,
      changes: ["pledges"],
      fact: { telephone: "021-58000000", pledges: [{ reference: "一" }, { reference: "二" }] },
    });
  });
  test("finds a shop that was renamed by its code at its place", () => {
    const plan = planImport("shop", shops(["新名", "路", "91350100M000100Y43", "", "", ""]), [
      entry("a", { creditCode: "91350100M000100Y43" }),
    ]);
    expect(plan[0]).toMatchObject({ action: "update", objectId: "a", changes: ["name"] });
  });
  test("imports a row once, and none that fits two objects", () => {
    const twice = planImport("shop", shops(["店", "路", "", "", "", ""], ["店", "路 ", "", "", "", ""]), []);
    expect(twice[1]?.problems[0]).toMatchObject({ code: "duplicate_in_file", params: { row: 2 } });
    const two = planImport("shop", shops(["店", "路", "91350100M000100Y43", "", "", ""]), [
      entry("a", {}),
      entry("b", { name: "乙店", creditCode: "91350100M000100Y43" }),
    ]);
    expect(two[0]?.problems[0]?.code).toBe("ambiguous");
  });
  test("of the same rows on what they made changes nothing", () => {
    const rows = shops(
      ["店", "路", "91350100M000100Y43", "021-58000000", "2026-03-01", "甲"],
      ["乙店", "路", "", "", "", ""],
    );
    const first = planImport("shop", rows, []);
    const made = first.flatMap(({ fact }, nth) => (fact === null ? [] : [{ id: String(nth), version: 1, fact }]));
    expect(planImport("shop", rows, made).map(({ action }) => action)).toEqual(["same", "same"]);
  });
});
