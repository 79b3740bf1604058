import type { Text } from "../violations/define.ts";
import type { TruckEvent } from "./observations.ts";

/** To ten kilograms, as weighbridges write it. */
const rounded = (value: number): number => Math.round(value * 100) / 100;
const tonnes = (weightT: number | null): Text =>
  weightT === null ? { zh: "", en: "" } : { zh: ` ${rounded(weightT)} 吨`, en: ` ${rounded(weightT)} t` };
const answers: Readonly<Record<string, Text>> = {
  out: { zh: "驶出", en: "out" },
  in: { zh: "驶入", en: "in" },
  covered: { zh: "已覆盖", en: "covered" },
  open: { zh: "未覆盖", en: "not covered" },
  washed: { zh: "已冲洗", en: "washed" },
  dirty: { zh: "未冲洗", en: "not washed" },
  loaded: { zh: "载货", en: "loaded" },
  empty: { zh: "空车", en: "empty" },
};

/** One row of evidence in words. */
export function rowText(row: TruckEvent): Text {
  switch (row.kind) {
    case "gate_pass": {
      const said = [row.direction, row.load, row.cover, row.wash].flatMap((code) =>
        code === null ? [] : (answers[code] ?? []),
      );
      const weight = tonnes(row.weightT);
      return {
        zh: `${row.site}出入口：${said.map(({ zh }) => zh).join("、") || "方向未记"}${weight.zh}`,
        en: `Gate of ${row.site}: ${said.map(({ en }) => en).join(", ") || "which way is not told"}${weight.en}`,
      };
    }
    case "gantry_pass":
      return { zh: `经过${row.gantry}`, en: `Passed ${row.gantry}` };
    case "tipping_entry": {
      const weight = tonnes(row.weightT);
      return { zh: `进入${row.tipping}${weight.zh}`, en: `Entered ${row.tipping}${weight.en}` };
    }
    case "manifest": {
      const weight = tonnes(row.weightT);
      return {
        zh: `联单 ${row.number}${weight.zh}${row.tipping === null ? "" : `，去往${row.tipping}`}`,
        en: `Manifest ${row.number}${weight.en}${row.tipping === null ? "" : `, bound for ${row.tipping}`}`,
      };
    }
  }
}
