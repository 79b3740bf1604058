/** Classes of unmanned aircraft (无人驾驶航空器飞行管理暂行条例 62) with the true height they may reach without approval; null: none (19, 31). */
export const aircraftClasses = {
  micro: { zh: "微型", en: "Micro", freeHeightM: 50 },
  light: { zh: "轻型", en: "Light", freeHeightM: 120 },
  small: { zh: "小型", en: "Small", freeHeightM: 120 },
  medium: { zh: "中型", en: "Medium", freeHeightM: null },
  large: { zh: "大型", en: "Large", freeHeightM: null },
} as const;
export type AircraftClass = keyof typeof aircraftClasses;
export const aircraftClassCodes = Object.keys(aircraftClasses) as [AircraftClass, ...AircraftClass[]];

/** What the pilot states of a flight; the newest statement counts. */
export interface FlightStatement {
  readonly aircraftClass: AircraftClass;
  /** Real-name registration mark (UAV 10). */
  readonly registration: string;
  readonly operator: string;
  /** Number of the flight approval or long-term application with its daily plan, and the height it allows; null: none was needed. */
  readonly approval: { readonly number: string; readonly heightLimitM: number } | null;
  /** Why none was needed, in words. */
  readonly noApprovalReason: string | null;
  /** The whole flight lay in 适飞空域 (19). */
  readonly inFreeAirspace: boolean;
  /** Relay through base stations or the internet, or over a crowd: needs an approval in free airspace too (31(2)). */
  readonly byRelay: boolean;
  readonly overCrowd: boolean;
  /** Largest true height, where the pilot knows another one than the recording. */
  readonly statedHeightM: number | null;
}

interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

/**
 * What a flight lacks to have been lawful, as far as its record tells (UAV 10, 19, 31). The larger of the recorded and the stated height counts.
 * @param recordedHeightM from the flight's telemetry; null: it does not say.
 */
export function flightLacks(statement: FlightStatement | null, recordedHeightM: number | null): Bilingual[] {
  if (statement === null)
    return [{ zh: "飞手尚未填报飞行事实", en: "the pilot has not stated the facts of the flight" }];
  const lacks: Bilingual[] = [];
  const { approval, aircraftClass, statedHeightM } = statement;
  if (statement.registration.trim() === "") lacks.push({ zh: "航空器登记标志", en: "registration of the aircraft" });
  if (statement.operator.trim() === "") lacks.push({ zh: "运营人", en: "operator" });
  const { freeHeightM, zh, en } = aircraftClasses[aircraftClass];
  if (approval === null) {
    const needs: Bilingual[] = [];
    if (freeHeightM === null) needs.push({ zh: `${zh}航空器`, en: `a ${en.toLowerCase()} aircraft` });
    if (!statement.inFreeAirspace) needs.push({ zh: "管制空域", en: "controlled airspace" });
    if (statement.byRelay) needs.push({ zh: "中继飞行", en: "relay flight" });
    if (statement.overCrowd) needs.push({ zh: "飞越人群", en: "flight over a crowd" });
    if (needs.length > 0)
      lacks.push({
        zh: `飞行活动批准（${needs.map((need) => need.zh).join("、")}）`,
        en: `approval of the flight (${needs.map((need) => need.en).join(", ")})`,
      });
    else if (!statement.noApprovalReason?.trim())
      lacks.push({ zh: "批准文号，或无需批准的说明", en: "approval number, or the statement why none is needed" });
  }
  const heights = [recordedHeightM, statedHeightM].filter((height) => height !== null);
  const limitM = approval?.heightLimitM ?? freeHeightM;
  if (heights.length === 0) lacks.push({ zh: "真高记录", en: "recorded true height" });
  else if (limitM !== null && Math.max(...heights) > limitM)
    lacks.push({
      zh: `真高 ${Math.max(...heights).toFixed(0)} 米，超过 ${limitM} 米`,
      en: `true height ${Math.max(...heights).toFixed(0)} m, more than ${limitM} m`,
    });
  return lacks;
}
