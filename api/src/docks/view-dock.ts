import type { DockStandingModel } from "@mingcha/infra/db";
import { type DockDropCause, dockDropCauses, dockLimits, osdSchema, tallyFlight } from "@mingcha/models/dock";
import type { DockDetail } from "@mingcha/models/http";
import { z } from "zod";
import type { Deps } from "../deps.ts";
import { countFiles, sumOf, sumUp } from "./count-files.ts";
import { listFlightFiles } from "./list-flight-files.ts";
import { listFlights } from "./list-flights.ts";
import { listStrays } from "./list-strays.ts";
import { viewDock, viewLink } from "./view-docks.ts";

const issuedMax = 20;
const dropsMax = 30;

const isCause = (value: string): value is DockDropCause => Object.hasOwn(dockDropCauses, value);

/** A dock with its flights and their files. Null: it was never entered. @param mayChange whether the person may see how it is bound. */
export async function viewDockDetail(
  { db, now, profile }: Pick<Deps, "db" | "now" | "profile">,
  sn: string,
  mayChange: boolean,
): Promise<DockDetail | null> {
  const dock = await db.dock.findUnique({ where: { sn }, include: { standing: true } });
  if (dock === null) return null;
  const [source, link, counts, strays, issued, drops] = await Promise.all([
    dock.sourceId === null ? null : db.source.findUnique({ where: { id: dock.sourceId } }),
    db.dockLink.findUnique({ where: { id: 1 } }),
    countFiles(db, sn),
    listStrays(db, dock),
    db.dockCredential.findMany({ where: { sn }, orderBy: { issuedAt: "desc" }, take: issuedMax }),
    db.dockDrop.findMany({ where: { sn }, orderBy: [{ day: "desc" }, { cause: "asc" }], take: dropsMax }),
  ]);
  const { flights, openMore: flightsOpenMore } = await listFlights(db, sn, counts);
  const at = now();
  const filesOf = new Map<string, Awaited<ReturnType<typeof listFlightFiles>>>();
  for (const { flightId } of flights) filesOf.set(flightId, await listFlightFiles(db, dock, flightId));
  return {
    ...viewDock(dock, { source, sums: sumUp(counts), link: viewLink(link, at), now: at }),
    binding: mayChange ? { organizationId: profile.id, code: dock.bindingCode } : null,
    topologyAircraftSn: dock.standing?.aircraftSn ?? null,
    clock: viewClock(dock.standing),
    osd: viewOsd(dock.standing?.osd),
    flights: flights.map(
      ({ flightId, expectedFiles, expectedMost, uploadedFiles, progress, firstSeenAt, lastSeenAt }) => {
        const own = counts.filter((count) => count.flightId === flightId);
        const { files, openMore } = filesOf.get(flightId) ?? { files: [], openMore: 0 };
        const { files: byState, awaiting, closed } = sumUp(own);
        return {
          flightId,
          expected: expectedFiles,
          uploaded: uploadedFiles,
          progress,
          firstSeenAt: firstSeenAt.toISOString(),
          lastSeenAt: lastSeenAt.toISOString(),
          files,
          more: Math.max(0, sumOf(own, "files") - files.length),
          openMore,
          counts: byState,
          awaiting,
          closed,
          ...tallyFlight(own, { expected: expectedFiles, expectedMost }),
        };
      },
    ),
    flightsOpenMore,
    strays: strays.files,
    straysMore: strays.more,
    straysOpenMore: strays.openMore,
    issued: issued.map(({ bucket, prefix, issuedAt, expiresAt }) => ({
      bucket,
      prefix,
      at: issuedAt.toISOString(),
      until: expiresAt.toISOString(),
    })),
    drops: drops.flatMap(({ day, cause, messages, lastAt }) =>
      isCause(cause) ? [{ day: day.toISOString().slice(0, 10), cause, messages, lastAt: lastAt.toISOString() }] : [],
    ),
  };
}

function viewClock(standing: DockStandingModel | null): DockDetail["clock"] {
  if (standing?.clockAt == null || standing.clockOffsetMs === null) return null;
  return {
    at: standing.clockAt.toISOString(),
    offsetMs: Number(standing.clockOffsetMs),
    uncertaintyMs: dockLimits.clockUncertaintyMs,
  };
}

const keptOsdSchema = z.record(z.string(), osdSchema.extend({ at: z.iso.datetime() }));

/** osd of each device; of state, which seldom has a place, nothing is shown. */
function viewOsd(kept: unknown): DockDetail["osd"] {
  const { data } = keptOsdSchema.safeParse(kept);
  return Object.entries(data ?? {}).flatMap(([key, { at, longitude, latitude, height, elevation }]) => {
    const [device = "", topic] = key.split(":");
    if (topic !== "osd") return [];
    return [
      {
        device,
        at,
        longitude: longitude ?? null,
        latitude: latitude ?? null,
        heightM: height ?? null,
        elevationM: elevation ?? null,
      },
    ];
  });
}
