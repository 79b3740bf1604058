import { sameSpotIou } from "../../scene/index.ts";
import type { Text } from "../define.ts";
import { contactShareIn, exemptShare, isMeasured, zonesOf } from "../pick-candidates.ts";
import { type Filter, rounded } from "./define.ts";

/**
 * What passes is what it is called in at least this share of its looks, weighed by score (house choice): a car that is taken
 * for a truck in a few looks is no truck.
 */
const namedShareMin = 0.4;

/** What was looked for and what it was seen as. Applied look by look; what was followed must have been called so often enough. */
export const rolesFilter: Filter = {
  name: "roles",
  applies: () => true,
  judge: ({ labels, namedShare = 1 }, place) => ({
    passed: namedShare >= namedShareMin,
    value: labels.join(","),
    threshold: place.roles.join(","),
    ...(namedShare < 0.995 ? { note: calledSo(namedShare) } : {}),
  }),
};

const calledSo = (share: number): Text => ({
  zh: `沿途各帧中按置信度加权有 ${Math.round(share * 100)}% 识别为此类，至少须 ${namedShareMin * 100}%`,
  en: `called so in ${Math.round(share * 100)} % of its looks by score, at least ${namedShareMin * 100} % asked`,
});

/** Nothing that stands for at least half in an exempt zone counts. Applied look by look; the places of the act are checked once more. */
export const exemptFilter: Filter = {
  name: "exempt",
  applies: (_place, scene) => zonesOf(scene, "exempt").length > 0,
  judge(act, _place, { scene }) {
    const exempt = zonesOf(scene, "exempt");
    const shares = act.spots.map((spot) =>
      Math.max(...exempt.map((zone) => contactShareIn(zone, spot, scene, "most"))),
    );
    const least = Math.min(...shares);
    return { passed: least < exemptShare, value: rounded(least), threshold: exemptShare };
  },
};

/** Share of the ground it takes in the zone, at its greatest. Looks with less were left out. */
export const contactFilter: Filter = {
  name: "contact",
  applies: () => true,
  judge: (act, place, { scene }) => ({
    passed: act.contactShare >= place.minContact,
    value: rounded(act.contactShare),
    threshold: place.minContact,
    ...(act.spots.some(({ role }) => isMeasured(role, scene))
      ? { note: place.violation.motion === "passes" ? byUsualHeight : byAnyHeight }
      : {}),
  }),
};

const byUsualHeight: Text = {
  zh: "货车按标定推算的占地面积计，车高按常见值；无法推算的帧按接地部分计",
  en: "lorries by their footprint in square metres from the calibration, of the usual height; by the foot of their box where that fails",
};
const byAnyHeight: Text = {
  zh: "货车按标定推算的占地面积计，车高不论高低取最小者；无法推算的帧按接地部分计",
  en: "lorries by their footprint in square metres from the calibration, the least over all usual heights; by the foot of their box where that fails",
};

/** Each spot kept its place. A property of how places are watched; recorded with how many there were. */
export const samePlaceFilter: Filter = {
  name: "same_place",
  applies: ({ violation }) => violation.motion === "stands",
  judge: (act) => ({ passed: true, value: act.spots.length, threshold: sameSpotIou }),
};
