import { type DeviceRecord, recordAt } from "./compliance.ts";
import { type FlightStatement, flightLacks } from "./flight.ts";
import { requiredRecords } from "./kinds.ts";

/** How the pictures of a kind of source come to have a lawful purpose (domain G-10; PIPL 26, 34; PSV 20; UAV). */
export const sourcePurposes = {
  /** An enforcement device: its entry in the register says so. */
  fixed: "register",
  gate: "register",
  patrol: "register",
  /** An officer's own recorder. */
  body: "officer",
  /** Police video that is shared: each retrieval is recorded. */
  shared_police: "retrieval",
  /** A file somebody else recorded is retrieved as well. */
  file: "retrieval",
  drone: "flight",
} as const satisfies Record<string, "register" | "officer" | "retrieval" | "flight">;

/** A kind nobody listed is somebody else's video until it is. */
export const purposeOf = (sourceKind: string): "register" | "officer" | "retrieval" | "flight" =>
  Object.hasOwn(sourcePurposes, sourceKind) ? sourcePurposes[sourceKind as keyof typeof sourcePurposes] : "retrieval";

/** What is known of where the pictures of an act come from. Instants in ms since 1970. */
export interface PurposeFacts {
  readonly sourceKind: string;
  readonly records: readonly DeviceRecord[];
  readonly fromMs: number;
  readonly toMs: number;
  /** The flight of each original; null: an original that belongs to none. */
  readonly flights: readonly ({ statement: FlightStatement | null; recordedHeightM: number | null } | null)[];
}

/** What the lawful purpose still lacks; empty: nothing. */
export function purposeLacks(facts: PurposeFacts): { zh: string; en: string }[] {
  const { sourceKind, records, fromMs, toMs, flights } = facts;
  const throughout = (kind: DeviceRecord["kind"]): boolean =>
    [fromMs, toMs].every((atMs) => recordAt(records, kind, atMs) !== undefined);
  switch (purposeOf(sourceKind)) {
    case "officer":
      return [];
    case "register": {
      const entries = [...(requiredRecords[sourceKind] ?? []), "installation"] as const;
      return entries.some(throughout)
        ? []
        : [
            {
              zh: "拍摄时执法设备登记中没有该设备的有效记录",
              en: "at capture the register of enforcement devices had no valid entry for it",
            },
          ];
    }
    case "retrieval":
      return throughout("retrieval")
        ? []
        : [
            {
              zh: "覆盖拍摄时段的视频调取记录（事由、调取人、文号、时段）",
              en: "a retrieval record that covers the capture (reason, person, document number, period)",
            },
          ];
    case "flight": {
      const lacks = flights.flatMap((flight) =>
        flight === null
          ? [{ zh: "飞行记录（遥测文件）", en: "a flight record (telemetry file)" }]
          : flightLacks(flight.statement, flight.recordedHeightM),
      );
      return lacks.filter(({ zh }, nth) => lacks.findIndex((other) => other.zh === zh) === nth);
    }
  }
}
