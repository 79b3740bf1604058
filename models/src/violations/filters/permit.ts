import { isoInZone, type Permit, type Rest } from "../../scene/index.ts";
import type { Filter } from "./define.ts";

/** A permit this near in time to an act is named in its trace: the reviewer's first question is whether it covers it. */
const nearMs = 24 * 3_600_000;

const restText = ({ note, days, from, to }: Rest): string => `${note} (${days} ${from}-${to})`;

/** Permits and rests of the rule and of the place: an act exists only outside of them; those near it are named. */
export const permitFilter: Filter = {
  name: "permit",
  applies: ({ active }) => active !== undefined && active.permits.length + active.unless.length > 0,
  judge(act, place, { scene }) {
    const { permits = [], unless = [] } = place.active ?? {};
    const { timezone } = scene.source;
    const isNear = ({ from, to }: Permit): boolean =>
      Date.parse(from) <= act.toMs + nearMs && Date.parse(to) >= act.fromMs - nearMs;
    const short = (iso: string): string => isoInZone(Date.parse(iso), timezone).slice(0, 16).replace("T", " ");
    const near = [
      ...permits.filter(isNear).map(({ note, from, to }) => `${note} (${short(from)} – ${short(to)})`),
      ...unless.map(restText),
    ].join("; ");
    return {
      passed: true,
      value: 0,
      threshold: permits.length + unless.length,
      ...(near === "" ? {} : { note: { zh: near, en: near } }),
    };
  },
};
