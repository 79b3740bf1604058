import type { Logger } from "@mingcha/infra/log";
import { lookAgain } from "./clues/look-again.ts";
import { openClues, openPage } from "./clues/open-clues.ts";
import { sendDissuasions } from "./clues/send-dissuasions.ts";
import type { Deps } from "./deps.ts";
import { seedDemoDevices, seedDemoFlights } from "./devices/seed-demo-devices.ts";
import { createFieldMatching } from "./field/match-due.ts";
import { createFlagPlacing } from "./flights/place-flags.ts";
import { seedDemoDistrict } from "./people/seed-demo-district.ts";
import { createLookDrawing } from "./samples/draw-looks.ts";
import { createTruckComparing } from "./trucks/compare-due.ts";
import { seedDemoTrucks } from "./trucks/seed-demo-trucks.ts";
import { HashingFileStore } from "./uploads/hashing-file-store.ts";
import { settleUploads, uploadsFolder } from "./uploads/settle-uploads.ts";

export interface SweepStep {
  readonly name: string;
  readonly run: () => Promise<unknown>;
}

/** Every so often all flags are looked at; in between those of the last while, which a stopped clock or a slow commit does not outlast. */
const openAllEveryMs = 10 * 60_000;
const overlapMs = 30 * 60_000;

/** What the API does by itself, in order: it finds rows that lack their next step, so that a crash between two steps loses nothing. */
export function sweepSteps(deps: Deps): SweepStep[] {
  let openedAllMs: number | undefined;
  const arriving = new HashingFileStore(uploadsFolder(deps));
  return [
    ...(deps.environment.MINGCHA_DEMO ? demoSteps(deps) : []),
    // before clues are opened, so that most have their place on the map when they are told
    { name: "place flags", run: createFlagPlacing(deps) },
    {
      name: "open clues",
      run: async () => {
        if (openedAllMs !== undefined && Date.now() - openedAllMs > openAllEveryMs) openedAllMs = undefined;
        const since = openedAllMs === undefined ? undefined : new Date(Date.now() - overlapMs);
        // a full page may not have been all
        if ((await openClues(deps, since)) < openPage) openedAllMs ??= Date.now();
      },
    },
    { name: "send dissuasions", run: () => sendDissuasions(deps) },
    { name: "look again", run: () => lookAgain(deps) },
    { name: "draw looks", run: createLookDrawing(deps) },
    { name: "match field recordings", run: createFieldMatching(deps) },
    { name: "compare trucks", run: createTruckComparing(deps) },
    { name: "settle uploads", run: () => settleUploads(deps, arriving) },
  ];
}

/** What the demo's own data lacks, filled in as its sources appear. */
function demoSteps(deps: Deps): SweepStep[] {
  const { db, profile } = deps;
  return [
    { name: "demo devices", run: () => seedDemoDevices(db) },
    { name: "demo flights", run: () => seedDemoFlights(db) },
    { name: "demo district", run: () => seedDemoDistrict(db, profile) },
    { name: "demo trucks", run: () => seedDemoTrucks(deps) },
  ];
}

/** Takes every step once. A step that fails is logged and waits for the next sweep; the others are taken all the same. */
export async function sweepOnce(steps: readonly SweepStep[], log: Pick<Logger, "error">): Promise<void> {
  for (const { name, run } of steps) {
    try {
      await run();
    } catch (error) {
      log.error({ err: error, step: name }, "sweep step failed; what it left waits for the next sweep");
    }
  }
}
