import type { ObjectFactView } from "@mingcha/models/http";
import { isMuckKind, type MuckKind, type ObjectKind, objectColumns, readRow } from "@mingcha/models/objects";
import dayjs, { type Dayjs } from "dayjs";
import customParseFormat from "dayjs/plugin/customParseFormat";

dayjs.extend(customParseFormat);

/** What stands in the form's fields. */
export interface FormValues {
  name?: string;
  creditCode?: string;
  operator?: string;
  telephone?: string;
  address?: string;
  place?: string;
  plate?: string;
  plateColour?: string;
  carrier?: string;
  permitNo?: string;
  reference?: string;
  note?: string;
  violations?: string[];
  validity?: [Dayjs, Dayjs];
  hours?: [Dayjs, Dayjs];
  weekdays?: number[];
  pledges?: { signedOn: Dayjs; reference: string }[];
  terminalNo?: string;
  longitude?: string;
  latitude?: string;
  /** Kinds of muck transport: the columns of their sheet, as texts. */
  cells?: Record<string, string>;
  reason?: string;
}

const clock = "HH:mm";
const textsOf = {
  shop: ["name", "creditCode", "operator", "telephone", "address", "place", "note"],
  vehicle: ["plate", "plateColour", "carrier", "permitNo", "terminalNo", "telephone", "note"],
  permit: ["place", "reference", "note"],
} as const;

const degreesOf = ["longitude", "latitude"] as const;

/** ISO weekdays of "1-5,7", one by one; a run may go over Sunday. */
const daysOf = (days: string): number[] =>
  days.split(",").flatMap((part) => {
    const [from = 1, to = from] = part.split("-").map(Number);
    return Array.from({ length: ((to - from + 7) % 7) + 1 }, (_, nth) => ((from - 1 + nth) % 7) + 1);
  });

export function valuesOf(kind: ObjectKind, fact: ObjectFactView | undefined): FormValues {
  if (fact === undefined) return kind === "permit" ? { weekdays: [1, 2, 3, 4, 5, 6, 7] } : {};
  if (isMuckKind(kind)) return { cells: fact.cells };
  const values: FormValues = Object.fromEntries(
    textsOf[kind].flatMap((field) => (fact[field] === null ? [] : [[field, fact[field]]])),
  );
  for (const field of degreesOf) if (fact[field] !== null) values[field] = String(fact[field]);
  if (kind !== "permit")
    return {
      ...values,
      pledges: fact.pledges.map(({ signedOn, reference }) => ({ signedOn: dayjs(signedOn), reference })),
    };
  return {
    ...values,
    violations: fact.violations,
    validity: [dayjs(fact.validFrom), dayjs(fact.validTo)],
    // 24:00 is the midnight at which the day ends; a clock shows it as 00:00
    hours: [dayjs(fact.from, clock), dayjs(fact.to === "24:00" ? "00:00" : fact.to, clock)],
    weekdays: daysOf(fact.days ?? "1-7"),
  };
}

/** The fact to be sent: an empty field is not known, never an empty text. */
export function factOf(kind: ObjectKind, values: FormValues): Record<string, unknown> {
  if (isMuckKind(kind)) return { kind, ...readCells(kind, values.cells ?? {}).fields };
  const texts: Record<string, unknown> = Object.fromEntries(
    textsOf[kind].map((field) => [field, values[field]?.trim() || null]),
  );
  if (kind !== "vehicle") for (const field of degreesOf) texts[field] = degreesIn(values[field]);
  if (kind !== "permit") {
    const pledges = (values.pledges ?? []).map(({ signedOn, reference }) => ({
      signedOn: signedOn.format("YYYY-MM-DD"),
      reference,
    }));
    return { kind, ...texts, pledges };
  }
  const [validFrom, validTo] = values.validity ?? [];
  const [from, to] = values.hours ?? [];
  const end = to?.format(clock);
  return {
    kind,
    ...texts,
    violations: values.violations ?? [],
    validFrom: validFrom?.format("YYYY-MM-DD"),
    validTo: validTo?.format("YYYY-MM-DD"),
    from: from?.format(clock),
    to: end === "00:00" ? "24:00" : end,
    days: [...new Set(values.weekdays ?? [])].sort((a, b) => a - b).join(","),
  };
}

/** Degrees as typed; null where nothing was. What is no number is refused by the form before. */
const degreesIn = (text: string | undefined): number | null => (text?.trim() ? Number(text.trim()) : null);

/** The fields of a form as a row of their sheet is read. */
export const readCells = (kind: MuckKind, cells: Record<string, string>) =>
  readRow(
    kind,
    objectColumns[kind],
    objectColumns[kind].map(({ field }) => cells[field] ?? null),
    1,
  );
