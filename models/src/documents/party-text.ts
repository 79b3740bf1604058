import type { CaseFacts } from "./case-facts.ts";
import { partyName } from "./facts-text.ts";
import type { Filler } from "./fill.ts";
import { plain, type Run } from "./layout.ts";

/** Who the party is, in one sentence. */
export function identityRuns(party: CaseFacts["party"], fill: Filler): Run[] {
  const pairs =
    party.kind === "person"
      ? ([
          ["身份证件号码", "party.idNo", party.idNo],
          ["住址", "party.address", party.address],
        ] as const)
      : party.kind === "unit"
        ? ([
            ["统一社会信用代码", "party.creditCode", party.creditCode],
            ["法定代表人（负责人）", "party.legalRepresentative", party.legalRepresentative],
            ["住所", "party.address", party.address],
          ] as const)
        : [];
  const runs = [plain("当事人："), partyName(party, fill)];
  for (const [title, field, fact] of pairs) runs.push(plain(`；${title}：`), fill.value(field, fact));
  return [...runs, plain("。")];
}

/** Where the authority can be reached. */
export function contactRuns({ bureau }: Pick<CaseFacts, "bureau">, fill: Filler): Run[] {
  return [
    plain("本机关地址："),
    fill.value("bureau.address", bureau.address),
    plain("；联系人："),
    fill.value("bureau.contact", bureau.contact),
    plain("；联系电话："),
    fill.value("bureau.phone", bureau.phone),
    plain("。"),
  ];
}
