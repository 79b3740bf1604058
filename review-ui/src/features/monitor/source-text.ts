import { deviceRecordKinds, deviceStates } from "@mingcha/models/device";
import type { StandingSource } from "@mingcha/models/http";
import { sourceConditionCodes } from "@mingcha/models/monitoring";
import type { Bilingual } from "../../lib/use-text.ts";

/** Worst first, then by name: what needs somebody stands in front. */
export function byUrgency(a: StandingSource, b: StandingSource): number {
  const rank = ({ standing }: StandingSource): number => sourceConditionCodes.indexOf(standing.condition);
  return rank(a) - rank(b) || a.name.localeCompare(b.name, "zh-CN");
}

/** What keeps pictures of this device from standing as evidence now, or null: nothing does, or the law asks nothing of it. */
export function deviceProblem({ standing: { device } }: StandingSource): Bilingual | null {
  if (!device.isNamed || device.state === "ACTIVE") return null;
  const [first] = device.lacks;
  if (first === undefined) return deviceStates[device.state];
  const more = device.lacks.length - 1;
  const kind = deviceRecordKinds[first];
  return {
    zh: more === 0 ? `缺${kind.zh}` : `缺${kind.zh}等 ${more + 1} 项`,
    en: more === 0 ? `lacks ${kind.en.toLowerCase()}` : `lacks ${kind.en.toLowerCase()} and ${more} more`,
  };
}

/** A clock that needs somebody: seconds off, or not compared for a day. */
export function clockProblem({
  standing: { clock },
}: StandingSource): { key: "over" | "stale" | "none"; seconds: string } | null {
  if (clock.condition === "ok") return null;
  const offsetS = (clock.offsetMs ?? 0) / 1_000;
  return { key: clock.condition, seconds: `${offsetS > 0 ? "+" : ""}${offsetS.toFixed(1)}` };
}
