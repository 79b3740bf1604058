import { cannotSay, isEmpty, leftEmpty, noDeparture, notAsked, type Rule, type Said } from "./rule.ts";

const mayBeUnread = (sites: readonly string[]): Said =>
  cannotSay(
    `${sites.join("、")}出口在该时段有号牌未识读的过车，可能就是此车。`,
    `The gate of ${sites.join(", ")} has a pass of that time whose plate was not read; it may be this truck.`,
  );

export const noExitCheck: Rule = (facts) => {
  const { departure, entry, coverage, settings, register } = facts;
  const slackMs = settings.clockErrorS * 1_000;
  if (departure !== null) {
    if (departure.passes.length > 0)
      return { verdict: "fine", text: { zh: "工地出口有过车记录。", en: "Its pass at the gate is on record." } };
    const untilMs = departure.from === "manifest" ? settings.tripMin * 60_000 : slackMs;
    const fromMs = departure.from === "manifest" ? settings.mergeMin * 60_000 : slackMs;
    if (!coverage.gate(departure.site, departure.atMs - fromMs, departure.atMs + untilMs))
      return cannotSay(
        `${departure.site}在该时段没有完整的出口记录。`,
        `The gate of ${departure.site} has no complete records of that time.`,
      );
    if (coverage.unread(departure.site, departure.atMs - fromMs, departure.atMs + untilMs))
      return mayBeUnread([departure.site]);
    const by =
      departure.from === "track"
        ? { zh: "轨迹显示驶离", en: "its track leaves" }
        : { zh: "联单由此开具", en: "a manifest was written out at" };
    return {
      verdict: "finding",
      text: {
        zh: `${by.zh}${departure.site}，出口在前后均有记录而无此车（时钟允差 ${settings.clockErrorS} 秒）。`,
        en: `By what is known ${by.en} ${departure.site}; the gate has records before and after and none of this truck (clocks may differ by ${settings.clockErrorS} s).`,
      },
      threshold: settings.mergeMin,
      unit: "min",
    };
  }
  if (entry === null) return noDeparture;
  const sites = [
    ...new Set(
      register.permits.filter(({ fact }) => fact.tippingSites.includes(entry.tipping)).map(({ fact }) => fact.site),
    ),
  ].sort();
  const isWatched = sites.every((site) => coverage.gate(site, entry.atMs - settings.tripMin * 60_000, entry.atMs));
  if (sites.length === 0 || !isWatched)
    return cannotSay(
      "可能的出土工地中有的没有完整的出口记录。",
      "Not every site it may have come from has complete records of its gate.",
    );
  const unread = sites.filter((site) =>
    coverage.unread(site, entry.atMs - settings.tripMin * 60_000 - slackMs, entry.atMs + slackMs),
  );
  if (unread.length > 0) return mayBeUnread(unread);
  return {
    verdict: "finding",
    text: {
      zh: `已进入${entry.tipping}，此前 ${settings.tripMin} 分钟内可到此处的工地（${sites.join("、")}）出口均有记录而无此车。`,
      en: `It entered ${entry.tipping}; in the ${settings.tripMin} minutes before, the gates of all sites that may tip there (${sites.join(", ")}) have records and none of this truck.`,
    },
    threshold: settings.tripMin,
    unit: "min",
  };
};

export const coverFail: Rule = (facts) => {
  if (isEmpty(facts)) return leftEmpty;
  const open = facts.departure?.passes.filter(({ cover }) => cover === "open") ?? [];
  const whose = open.some(({ judgedBy }) => judgedBy === "model")
    ? { zh: "模型判断，须人工复核", en: "a model says so, to be checked by a person" }
    : { zh: "记录判断", en: "the record says so" };
  if (open.length > 0)
    return {
      verdict: "finding",
      text: { zh: `出口记录为未覆盖（${whose.zh}）。`, en: `At the gate its load was not covered (${whose.en}).` },
      rows: open.map(({ key }) => key),
    };
  const isCovered = facts.departure?.passes.some(({ cover }) => cover === "covered") === true;
  return isCovered
    ? { verdict: "fine", text: { zh: "出口记录为已覆盖。", en: "At the gate its load was covered." } }
    : cannotSay("无人也无模型判断过是否覆盖。", "Neither a person nor a model has judged the cover.");
};

export const washFail: Rule = ({ departure }) => {
  const dirty = departure?.passes.filter(({ wash }) => wash === "dirty") ?? [];
  if (dirty.length > 0)
    return {
      verdict: "finding",
      text: { zh: "出口记录为未冲洗。", en: "At the gate it was not washed." },
      rows: dirty.map(({ key }) => key),
    };
  const isWashed = departure?.passes.some(({ wash }) => wash === "washed") === true;
  return isWashed
    ? { verdict: "fine", text: { zh: "出口记录为已冲洗。", en: "At the gate it was washed." } }
    : cannotSay("无人也无模型判断过是否冲洗。", "Neither a person nor a model has judged the washing.");
};

export const unregisteredVehicle: Rule = ({ plate, departure, register }) => {
  const passes = departure?.passes ?? [];
  if (passes.length === 0) return notAsked("没有工地出入口记录。", "No pass at a gate is on record.");
  if (register.plates.has(plate))
    return { verdict: "fine", text: { zh: "车辆已登记。", en: "The vehicle is in the register." } };
  if (register.plates.size === 0) return cannotSay("车辆登记为空。", "No vehicle is in the register.");
  const told = passes.filter(({ plateReadBy }) => plateReadBy !== "model");
  if (told.length === 0)
    return cannotSay(
      `登记中没有号牌 ${plate}；号牌由模型识读，未经人确认。`,
      `The register has no ${plate}; a model read that plate, and no person has confirmed it.`,
    );
  const near = [...register.plates].find((other) => isOneApart(plate, other));
  if (near !== undefined && !told.some(({ plateReadBy }) => plateReadBy === "person"))
    return cannotSay(
      `登记中没有号牌 ${plate}，但有仅差一字的 ${near}，可能是误读。`,
      `The register has no ${plate}, but ${near}, one character apart: it may have been misread.`,
    );
  return {
    verdict: "finding",
    text: {
      zh: `登记中没有号牌 ${plate}，却出入${departure?.site}。`,
      en: `The register has no ${plate}, which passed the gate of ${departure?.site}.`,
    },
    rows: told.map(({ key }) => key),
  };
};

const isOneApart = (a: string, b: string): boolean =>
  a.length === b.length && [...a].filter((character, nth) => character !== b[nth]).length === 1;
