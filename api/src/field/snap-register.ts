import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import type { PlacedLook } from "@mingcha/models/field";
import { type LonLat, type SnapRegister, type SnapStreet, snapStreets, snapToRegister } from "@mingcha/models/geo";
import { type AboutAt, mapBaseSchema } from "@mingcha/models/http";
import { z } from "zod";
import type { Deps } from "../deps.ts";

/** Streets of a bureau, read once: they are loaded at start and never change under a running process. */
const read = new WeakMap<Deps["mapBase"], readonly SnapStreet[]>();

function streetsOf(base: Deps["mapBase"]): readonly SnapStreet[] {
  const known = read.get(base);
  if (known !== undefined) return known;
  const streets = snapStreets(mapBaseSchema.parse(JSON.parse(base.json)).streets ?? []);
  read.set(base, streets);
  return streets;
}

const placeSchema = z.object({
  longitude: z.number(),
  latitude: z.number(),
  radiusM: z.number().nullable().default(null),
});

/** What is registered, streets and sites, with a box that leaves out what is too far from every point asked for. */
export async function loadSnapRegister(
  { db, mapBase }: { db: DatabaseOrTransaction; mapBase: Deps["mapBase"] },
  points: readonly LonLat[],
): Promise<SnapRegister> {
  if (points.length === 0) return { streets: [], objects: [], sites: [] };
  // 0.01° is about a kilometre: more than any reach
  const marginDeg = 0.01;
  const [west, east] = [Math.min, Math.max].map((pick) =>
    points.reduce((a, p) => pick(a, p.longitude), points[0]?.longitude ?? 0),
  );
  const [south, north] = [Math.min, Math.max].map((pick) =>
    points.reduce((a, p) => pick(a, p.latitude), points[0]?.latitude ?? 0),
  );
  const isNear = (longitudes: readonly number[], latitudes: readonly number[]): boolean =>
    Math.max(...longitudes) >= (west ?? 0) - marginDeg &&
    Math.min(...longitudes) <= (east ?? 0) + marginDeg &&
    Math.max(...latitudes) >= (south ?? 0) - marginDeg &&
    Math.min(...latitudes) <= (north ?? 0) + marginDeg;
  const rows = await db.registerObject.findMany({
    where: { kind: { in: ["site", "tipping"] }, closedAt: null },
    select: { id: true, kind: true, name: true, document: true },
  });
  return {
    streets: streetsOf(mapBase)
      .map((street) => ({
        ...street,
        lines: street.lines.filter((line) =>
          isNear(
            line.map(([x]) => x),
            line.map(([, y]) => y),
          ),
        ),
      }))
      .filter(({ lines }) => lines.length > 0),
    objects: [],
    sites: rows.flatMap(({ id, kind, name, document }) => {
      const place = placeSchema.safeParse(document).data;
      return place !== undefined && isNear([place.longitude], [place.latitude])
        ? { id, kind, name, point: place, radiusM: place.radiusM }
        : [];
    }),
  };
}

const decimetres = (metres: number): number => Math.round(metres * 10) / 10;

/** A placed look as a proposal "about at". */
export function aboutAt(look: Extract<PlacedLook, { kind: "placed" }>, register: SnapRegister): AboutAt {
  const { candidates, nearest, isAmbiguous } = snapToRegister(look, look.errorM, register);
  const rounded = (one: (typeof candidates)[number]) => ({ ...one, distanceM: decimetres(one.distanceM) });
  return {
    at: { longitude: look.longitude, latitude: look.latitude },
    errorM: decimetres(look.errorM),
    fixM: decimetres(look.fixM),
    clockM: decimetres(look.clockM),
    betweenM: decimetres(look.betweenM),
    candidates: candidates.map(rounded),
    nearest: nearest === null ? null : rounded(nearest),
    isAmbiguous,
  };
}
