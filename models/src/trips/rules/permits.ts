import { isInForce } from "../permit-time.ts";
import { cannotSay, isEmpty, leftEmpty, noDeparture, notAsked, type Rule, round, unsure } from "./rule.ts";

export const permitNotValid: Rule = (facts) => {
  const { departure, permits, inForce, settings, timezone } = facts;
  if (departure === null) return noDeparture;
  if (isEmpty(facts)) return leftEmpty;
  if (permits.length === 0)
    return cannotSay(
      "登记中没有该工地的许可；是否另有许可须人工核实。",
      "The register has no permit of this site; whether there is one a person finds out.",
    );
  if (inForce.length > 0)
    return { verdict: "fine", text: { zh: "出场时许可在有效期内。", en: "A permit was in force when it left." } };
  if (!departure.isSure) return unsure;
  const slackMs = settings.clockErrorS * 1_000;
  if (permits.some(({ fact }) => [-slackMs, slackMs].some((ms) => isInForce(fact, departure.atMs + ms, timezone))))
    return cannotSay("与有效期的差在时钟允差之内。", "It is no further from the term than clocks may differ.");
  const terms = permits.map(({ fact }) => `${fact.reference} ${fact.validFrom}–${fact.validTo}`);
  return {
    verdict: "finding",
    text: {
      zh: `出场时该工地的许可均不在有效期：${terms.join("；")}。`,
      en: `None of the site's permits was in force when it left: ${terms.join("; ")}.`,
    },
  };
};

export const quotaExceeded: Rule = ({ permit, usedT, entry, departure }) => {
  if (permit === null) return notAsked("适用哪个许可不能确定。", "Which permit it ran under is not certain.");
  const { quotaT, reference } = permit.fact;
  if (quotaT === null) return notAsked("许可没有登记核准量。", "The permit has no quota entered.");
  const ownT = entry?.weightT ?? departure?.manifests.find(({ weightT }) => weightT !== null)?.weightT ?? null;
  const sumT = usedT + (ownT ?? 0);
  const measure = { measured: round(sumT), threshold: quotaT, unit: "t" as const };
  const text = {
    zh: `${reference} 累计 ${round(sumT)} 吨，核准 ${quotaT} 吨。`,
    en: `${reference}: ${round(sumT)} t so far, ${quotaT} t approved.`,
  };
  if (sumT > quotaT && ownT !== null) return { verdict: "finding", text, ...measure, margin: round(sumT - quotaT) };
  if (ownT === null) return { ...cannotSay("此行没有重量记录。", "This trip has no weight on record."), ...measure };
  return { verdict: "fine", text, ...measure };
};
