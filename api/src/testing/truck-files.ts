import type { Trips, TruckImportPreview, TruckLeads } from "@mingcha/models/http";
import type { ObservationKind } from "@mingcha/models/trips";
import { expect } from "vitest";
import { createTruckComparing } from "../trucks/compare-due.ts";
import type { Caller, RegisterApi } from "./register-api.ts";

/** What people do with files of truck rows, and what they then see. */
export function createTruckFiles({ api, people }: Pick<RegisterApi, "api" | "people">) {
  const octets = (caller: Caller, url: string, payload: Buffer) =>
    api.app.inject({
      method: "POST",
      url,
      cookies: { mingcha_sid: caller.token },
      headers: { "x-mingcha": "1", "content-type": "application/octet-stream" },
      payload,
    });
  const preview = (kind: ObservationKind, bytes: Buffer, caller = people.handler) =>
    octets(caller, `/api/trucks/import-preview?kind=${kind}`, bytes);
  const run = (kind: ObservationKind, bytes: Buffer, plan: string, caller = people.handler) =>
    octets(caller, `/api/trucks/import?kind=${kind}&plan=${plan}&name=${encodeURIComponent(`${kind}.csv`)}`, bytes);
  async function importAll(kind: ObservationKind, bytes: Buffer) {
    const seen = (await preview(kind, bytes)).json() as TruckImportPreview;
    const answer = await run(kind, bytes, seen.plan);
    expect(answer.statusCode, answer.body).toBe(200);
    return answer.json() as { create: number; same: number; error: number };
  }
  /** Until no day is behind; the sweep of the process does the same. */
  async function compareAll() {
    const compare = createTruckComparing(api.deps);
    while ((await compare()) > 0);
  }
  const leads = async (query = "", caller = people.handler) =>
    (await caller.call("GET", `/api/trucks/leads?limit=200${query}`)).json() as TruckLeads;
  const trips = async (query = "") =>
    (await people.monitor.call("GET", `/api/trucks/trips?limit=200${query}`)).json() as Trips;
  const csv = (...lines: string[]) => Buffer.from(lines.join("\n"));
  return { octets, preview, run, importAll, compareAll, leads, trips, csv };
}
export type TruckFiles = ReturnType<typeof createTruckFiles>;
