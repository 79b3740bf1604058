import type { ProvisionFacts } from "./facts-basics.ts";
import type { Filler } from "./fill.ts";
import { plain, type Run } from "./layout.ts";

/** Printed behind every provision that no lawyer has verified (guard G-21). */
export const unverifiedMark = "〔未经法制核实，不得引用〕";

/** `《上海市市容环境卫生管理条例》第二十一条（2022-12-01起施行）`, without the text of the article. */
export function provisionName({ law, article, version }: ProvisionFacts): string {
  const bare = law.replace(/^《|》$/g, "");
  return `《${bare}》${article ?? ""}${version ? `（${version}）` : ""}`;
}

export function provisionRuns(provision: ProvisionFacts): Run[] {
  const runs = [plain(provisionName(provision))];
  if (!provision.verified) runs.push({ text: unverifiedMark, as: "unverified" });
  return runs;
}

const fieldOf = { breached: "provisions.breached", punishing: "provisions.punishing" } as const;

/** Provisions of one role in one sentence part, joined by 、; the blank when there is none. */
export function citeProvisions(
  provisions: readonly ProvisionFacts[],
  role: ProvisionFacts["role"],
  fill: Filler,
): Run[] {
  const cited = provisions.filter((provision) => provision.role === role);
  if (cited.length === 0) return [fill.blank(fieldOf[role])];
  return cited.flatMap((provision, i) =>
    i === 0 ? provisionRuns(provision) : [plain("、"), ...provisionRuns(provision)],
  );
}

/** Provisions of one role, one per line, with the text of the article where the case has it. */
export function listProvisions(
  provisions: readonly ProvisionFacts[],
  role: ProvisionFacts["role"],
  fill: Filler,
): Run[][] {
  const cited = provisions.filter((provision) => provision.role === role);
  if (cited.length === 0) return [[fill.blank(fieldOf[role])]];
  return cited.map((provision) => [...provisionRuns(provision), plain(provision.text ? `：${provision.text}` : "")]);
}
