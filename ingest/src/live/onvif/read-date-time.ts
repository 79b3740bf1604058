import type { ClockReason } from "@mingcha/models/device";
import { isNode, numberOfText, parseXml } from "../../telemetry/xml.ts";
import { zoneOffsetMs } from "./posix-zone.ts";

export type ReadDateTime =
  | {
      readonly kind: "ok";
      /** Whole seconds. */
      readonly deviceMs: number;
      readonly told: {
        /** How the device says that its clock is set. */
        readonly setBy: "ntp" | "manual" | "unsaid";
        readonly by: "utc" | "local";
        readonly zone: string;
        readonly daylightSavings: boolean;
        /** Its UTC and its local time do not fit its zone: one of them is wrong (some fill in local time for UTC). */
        readonly contradicts: boolean;
      };
    }
  | { readonly kind: "failed"; readonly reason: ClockReason }
  /** The device wants to know who asks. */
  | { readonly kind: "sign_in" };

const failed = (reason: ClockReason): ReadDateTime => ({ kind: "failed", reason });
/** Its two times are read one after the other. */
const sameMs = 2_000;

/**
 * Reads an answer to `GetSystemDateAndTime` (ONVIF Core Specification; type tt:SystemDateTime). UTC is taken where it is told; local time only with
 * its zone, daylight saving as the device says it is.
 */
export function readDateTime(text: string): ReadDateTime {
  const body = child(child(parseXml(text), "Envelope"), "Body");
  const fault = child(body, "Fault");
  if (fault !== undefined)
    return /NotAuthori[sz]ed|FailedAuthentication|InvalidSecurity|Authority failure/i.test(JSON.stringify(fault))
      ? { kind: "sign_in" }
      : failed("device_fault");
  const told = child(child(body, "GetSystemDateAndTimeResponse"), "SystemDateAndTime");
  if (told === undefined) return failed("not_understood");
  const utcMs = instantOf(told.UTCDateTime);
  const localMs = instantOf(told.LocalDateTime);
  if (utcMs === "odd" || localMs === "odd") return failed("not_understood");
  const zone = textOf(child(told, "TimeZone")?.TZ).slice(0, 64);
  const daylightSavings = textOf(told.DaylightSavings).toLowerCase() === "true";
  const offsetMs = zoneOffsetMs(zone, daylightSavings);
  const localAsUtcMs = localMs === null || offsetMs === null ? null : localMs - offsetMs;
  const deviceMs = utcMs ?? localAsUtcMs;
  if (deviceMs === null) return failed(localMs === null ? "not_understood" : "no_zone");
  const setBy = textOf(told.DateTimeType).toLowerCase();
  return {
    kind: "ok",
    deviceMs,
    told: {
      setBy: setBy === "ntp" || setBy === "manual" ? setBy : "unsaid",
      by: utcMs === null ? "local" : "utc",
      zone,
      daylightSavings,
      contradicts: utcMs !== null && localAsUtcMs !== null && Math.abs(utcMs - localAsUtcMs) > sameMs,
    },
  };
}

function child(node: unknown, name: string): Record<string, unknown> | undefined {
  const found = isNode(node) ? node[name] : undefined;
  // an element without content is read as text
  return isNode(found) ? found : undefined;
}

const textOf = (value: unknown): string => (typeof value === "string" ? value.trim() : "");

/** A tt:DateTime as if its zone were UTC; null: it is not there. */
function instantOf(value: unknown): number | null | "odd" {
  const [time, date] = [child(value, "Time"), child(value, "Date")];
  if (time === undefined && date === undefined) return null;
  const [year, month, day] = [date?.Year, date?.Month, date?.Day].map(numberOfText);
  const [hour, minute, second] = [time?.Hour, time?.Minute, time?.Second].map(numberOfText);
  if (!isWithin(year, 1970, 9_999) || !isWithin(month, 1, 12) || !isWithin(day, 1, 31)) return "odd";
  if (!isWithin(hour, 0, 23) || !isWithin(minute, 0, 59) || !isWithin(second, 0, 60)) return "odd";
  const at = Date.UTC(year, month - 1, day, hour, minute, second);
  return new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day ? at : "odd";
}

const isWithin = (value: number | null | undefined, least: number, most: number): value is number =>
  typeof value === "number" && Number.isInteger(value) && value >= least && value <= most;
