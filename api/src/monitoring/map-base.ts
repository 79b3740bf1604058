import { createHash } from "node:crypto";
import type { Environment } from "@mingcha/infra/config";
import type { Logger } from "@mingcha/infra/log";
import { demoStreetsFile, loadStreets } from "@mingcha/infra/streets";
import { type SnapStreet, snapStreets } from "@mingcha/models/geo";
import { type MapBase, mapBaseSchema } from "@mingcha/models/http";

/** What every page gets under its map, written once. */
export interface MapBaseSource {
  readonly json: string;
  /** Of the whole answer; a browser that has it asks in vain. */
  readonly etag: string;
  /** Origin of the tile service for the content policy, or null. */
  readonly tileHost: string | null;
  /** Its streets by name, for what a place may be about at. */
  readonly snapStreets: readonly SnapStreet[];
}

/** Reads the bureau's streets once at start. A file that cannot be used is told on the map and in the log; nothing else stops for it. */
export async function openMapBase(environment: Environment, log: Logger): Promise<MapBaseSource> {
  const { MINGCHA_STREETS, MINGCHA_TILES_URL, MINGCHA_DEMO } = environment;
  const file = MINGCHA_STREETS ?? (MINGCHA_DEMO ? demoStreetsFile : undefined);
  const loaded =
    file === undefined
      ? null
      : await loadStreets(file, MINGCHA_STREETS === undefined ? "wgs84" : environment.MINGCHA_STREETS_COORDINATES);
  if (loaded?.kind === "bad") log.error({ file, reason: loaded.text.en }, "street lines cannot be used");
  const base: MapBase = {
    streets:
      loaded?.kind === "ok"
        ? loaded.streets.map(({ name, class: kind, lines }) => ({
            name,
            class: kind,
            lines: lines.map((line) => line.map(([longitude, latitude]): [number, number] => [longitude, latitude])),
          }))
        : null,
    sha256: loaded?.kind === "ok" ? loaded.sha256 : null,
    isFictional: MINGCHA_STREETS === undefined && MINGCHA_DEMO,
    problem: loaded?.kind === "bad" ? loaded.text : null,
    tiles:
      MINGCHA_TILES_URL === undefined
        ? null
        : {
            url: decodeURI(MINGCHA_TILES_URL),
            coordinates: environment.MINGCHA_TILES_COORDINATES,
            attribution: environment.MINGCHA_TILES_ATTRIBUTION ?? null,
          },
  };
  const json = JSON.stringify(mapBaseSchema.parse(base));
  return {
    json,
    etag: `"${createHash("sha256").update(json).digest("hex").slice(0, 32)}"`,
    tileHost: MINGCHA_TILES_URL === undefined ? null : new URL(MINGCHA_TILES_URL).origin,
    snapStreets: loaded?.kind === "ok" ? snapStreets(loaded.streets) : [],
  };
}
