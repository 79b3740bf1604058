import { cannotSay, isEmpty, leftEmpty, noDeparture, notAsked, notInForce, type Rule, round, unsure } from "./rule.ts";

export const noTippingEntry: Rule = (facts) => {
  const { departure, entry, inForce, coverage, settings, endMs } = facts;
  if (entry !== null)
    return { verdict: "fine", text: { zh: "有消纳点入场记录。", en: "Its entry at a tipping site is on record." } };
  if (departure === null) return noDeparture;
  if (isEmpty(facts)) return leftEmpty;
  if (!departure.isSure) return unsure;
  const named = departure.manifests.flatMap(({ tipping }) => tipping ?? []);
  const wanted = [...new Set(named.length > 0 ? named : inForce.flatMap(({ fact }) => fact.tippingSites))].sort();
  if (wanted.length === 0)
    return cannotSay("不知道应去哪个消纳点。", "Which tipping site it was bound for is not known.");
  const untilMs = departure.atMs + settings.tripMin * 60_000;
  if (endMs < untilMs)
    return cannotSay("期限内该车又从工地出场，其间去向不明。", "The truck left a site again before the time was up.");
  const unwatched = wanted.filter(
    (name) => !coverage.tipping(name, departure.atMs, untilMs + settings.clockErrorS * 1_000),
  );
  if (unwatched.length > 0)
    return cannotSay(
      `${unwatched.join("、")}在该时段没有完整的入场记录。`,
      `${unwatched.join(", ")} has no complete records of that time.`,
    );
  return {
    verdict: "finding",
    text: {
      zh: `出场后 ${settings.tripMin} 分钟内没有进入${wanted.join("、")}；该处在此前后均有入场记录。`,
      en: `Within ${settings.tripMin} minutes of leaving it entered none of ${wanted.join(", ")}, which have records before and after.`,
    },
    threshold: settings.tripMin,
    unit: "min",
  };
};

export const entryElsewhere: Rule = (facts) => {
  const { departure, entry, inForce } = facts;
  if (entry === null) return notAsked("没有入场记录。", "No entry is on record.");
  const manifest = departure?.manifests.find(({ tipping }) => tipping !== null);
  if (manifest !== undefined && manifest.tipping !== entry.tipping)
    return {
      verdict: "finding",
      text: {
        zh: `联单写明${manifest.tipping}，实际进入${entry.tipping}。`,
        en: `The manifest names ${manifest.tipping}; it entered ${entry.tipping}.`,
      },
      rows: [manifest.key, entry.key],
    };
  if (departure === null) return noDeparture;
  if (inForce.length === 0) return notInForce;
  const allowed = [...new Set(inForce.flatMap(({ fact }) => fact.tippingSites))].sort();
  if (allowed.includes(entry.tipping))
    return {
      verdict: "fine",
      text: { zh: `进入核准的${entry.tipping}。`, en: `It entered ${entry.tipping}, which the permit names.` },
    };
  return {
    verdict: "finding",
    text: {
      zh: `进入${entry.tipping}，许可核准的是${allowed.join("、")}。`,
      en: `It entered ${entry.tipping}; the permit names ${allowed.join(", ")}.`,
    },
    rows: [entry.key],
  };
};

export const quantityMismatch: Rule = ({ departure, entry, settings }) => {
  const manifest = departure?.manifests.find(({ weightT }) => weightT !== null);
  const pass = departure?.passes.find(({ weightT }) => weightT !== null);
  const stated = manifest ?? pass;
  if (entry === null || entry.weightT === null || stated === undefined || stated.weightT === null)
    return cannotSay(
      "联单（或出口称重）与入场称重不全。",
      "Not both a manifest (or a weight at the gate) and a weight at the tipping site are on record.",
    );
  const apartT = Math.abs(stated.weightT - entry.weightT);
  const allowedT = Math.max(settings.quantityT, settings.quantityShare * stated.weightT);
  const rows = [stated.key, entry.key];
  const measure = { measured: round(apartT), threshold: round(allowedT), unit: "t" as const, rows };
  const compared = {
    zh: `${manifest === undefined ? "出口称重" : "联单"} ${round(stated.weightT)} 吨，入场称重 ${round(entry.weightT)} 吨，相差 ${round(apartT)} 吨（允许 ${round(allowedT)} 吨）。`,
    en: `${manifest === undefined ? "The gate weighed" : "The manifest says"} ${round(stated.weightT)} t, the tipping site weighed ${round(entry.weightT)} t: ${round(apartT)} t apart (${round(allowedT)} t are allowed).`,
  };
  return apartT > allowedT
    ? { verdict: "finding", text: compared, ...measure, margin: round(apartT - allowedT) }
    : { verdict: "fine", text: compared, ...measure };
};
