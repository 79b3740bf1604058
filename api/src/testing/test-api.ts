import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnvironment } from "@mingcha/infra/config";
import { createLog } from "@mingcha/infra/log";
import { findMediaTools } from "@mingcha/infra/media";
import { createNotifier } from "@mingcha/infra/notify";
import { loadProfile } from "@mingcha/infra/profile";
import { createStillProcess } from "@mingcha/infra/stills";
import { openFolderStore } from "@mingcha/infra/storage";
import { createTestDatabase } from "@mingcha/infra/testing";
import type { Duty } from "@mingcha/models";
import type { Profile } from "@mingcha/models/profile";
import { buildApp } from "../app.ts";
import { openClues } from "../clues/open-clues.ts";
import type { Deps } from "../deps.ts";
import { createLiveHub } from "../live/hub.ts";
import { openMapBase } from "../monitoring/map-base.ts";
import { createSheets } from "../objects/sheets/run-sheet.ts";
import { hashPassword } from "../people/passwords.ts";
import { openSession } from "../people/sessions.ts";
import { createTrials } from "../scenes/run-trial.ts";
import { seedDevice } from "./seed-device.ts";
import { seedFlight } from "./seed-flight.ts";

interface SeedOptions {
  readonly place?: string;
  readonly collectorId?: string;
  readonly violation?: string;
  readonly kind?: string;
  readonly from?: Date;
  readonly sourceId?: string;
  /** A source whose device has nothing on record. */
  readonly bareDevice?: boolean;
  readonly boxNorm?: [number, number, number, number];
  readonly district?: string;
  /** A drone's flight of which the pilot stated nothing. */
  readonly bareFlight?: boolean;
}

/** A real server on a real database and store of its own, called through `inject`. */
export async function createTestApi({
  now = () => new Date(),
  review = {},
  stepUpS = 12 * 3_600,
  env = {},
  profile = loadProfile("pudong"),
}: {
  now?: () => Date;
  stepUpS?: number;
  env?: Record<string, string>;
  profile?: Profile;
  /** Review settings other than the profile's own. */
  review?: Partial<Profile["review"]>;
} = {}) {
  const folder = mkdtempSync(join(tmpdir(), "mingcha-api-"));
  const database = await createTestDatabase();
  const environment = parseEnvironment({
    MINGCHA_DATA: folder,
    DATABASE_URL: database.url,
    MINGCHA_MIN_FREE_MB: "0",
    MINGCHA_LOW_FREE_MB: "0",
    // tests that move the clock are not about passwords
    MINGCHA_STEP_UP_S: String(stepUpS),
    ...env,
  });
  const log = createLog("test", "error");
  const rung: { job: string; payload: unknown }[] = [];
  const tools = await findMediaTools();
  const stills = createStillProcess(tools);
  const deps: Deps = {
    environment,
    profile: { ...profile, review: { ...profile.review, ...review } },
    db: database.db,
    databaseUrl: database.url,
    tools,
    renderStill: stills.render,
    tryScene: createTrials(),
    sheets: createSheets(),
    store: await openFolderStore(join(folder, "objects"), "test"),
    queues: {
      ring: async (definition, payload) => {
        rung.push({ job: definition.name, payload });
      },
    },
    log,
    notify: createNotifier(environment),
    live: createLiveHub({ databaseUrl: database.url, log, now }),
    mapBase: await openMapBase(environment, log),
    elevation: null,
    now,
  };
  const app = await buildApp(deps);
  const passwordHash = await hashPassword("test password");

  /** A signed-in caller with these duties. */
  async function signIn(
    login: string,
    duties: Duty[],
    options: {
      qualified?: boolean;
      legallyQualified?: boolean;
      districts?: string[];
      certificates?: { from: string; to: string }[];
    } = {},
  ) {
    const terms =
      options.certificates ?? (options.qualified === false ? [] : [{ from: "2020-01-01", to: "2099-01-01" }]);
    const certificates = [
      ...terms.map(({ from, to }) => ({
        kind: "enforcement",
        number: `T-${login}`,
        validFrom: new Date(from),
        validTo: new Date(to),
      })),
      ...(options.legallyQualified === false
        ? []
        : [
            { kind: "legal", number: `L-${login}`, validFrom: new Date("2020-01-01"), validTo: new Date("2099-01-01") },
          ]),
    ];
    const person = await deps.db.person.create({
      data: {
        login,
        name: `人员${login}`,
        duties,
        passwordHash,
        badgeNo: `T-${login}`,
        districts: options.districts ?? [],
        certificates: { create: certificates },
      },
    });
    const { token } = await openSession(deps.db, person.id, deps.now());
    const call = (method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE", url: string, body?: unknown) =>
      app.inject({
        method,
        url,
        cookies: { mingcha_sid: token },
        headers: { "x-mingcha": "1" },
        ...(body === undefined ? {} : { payload: body as object }),
      });
    return { person, token, call };
  }

  /**
   * A flag as the detector writes it, with its original in the store; returns the id of its clue. A `sourceId` that was
   * given before means the same camera with the same scene.
   */
  async function seedClue(options: SeedOptions = {}): Promise<string> {
    const key = crypto.randomUUID().slice(0, 8);
    const from = options.from ?? new Date("2026-11-20T01:00:00Z");
    const to = new Date(from.getTime() + 60_000);
    const place = options.place ?? `示例路${key}号`;
    const sourceId = options.sourceId ?? `cam-${key}`;
    const sceneId = await seedSource(sourceId, {
      key,
      place,
      from,
      kind: options.kind ?? "fixed",
      bare: options.bareDevice === true,
      district: options.district ?? null,
    });
    const original = await deps.store.putBytes(Buffer.from(`original ${key}`));
    const picture = await deps.store.putBytes(Buffer.from(`picture ${key}`));
    const clip = await deps.db.clip.create({
      data: {
        sourceId,
        fileName: "clip.mp4",
        sha256: original.sha256,
        sizeBytes: original.sizeBytes,
        container: "mov",
        codec: "h264",
        widthPx: 1280,
        heightPx: 720,
        durationMs: 120_000,
        startedAt: new Date(from.getTime() - 10_000),
        startMethod: "uploader",
        startUncertaintyMs: 1_000,
        state: "DETECTED",
        collectorId: options.collectorId ?? null,
        ...(options.kind === "drone"
          ? { flightId: await seedFlight(deps.db, { sourceId, key, at: from, bare: options.bareFlight === true }) }
          : {}),
      },
    });
    const violation = options.violation ?? "CROSS_DOOR";
    const flag = await deps.db.flag.create({
      data: {
        sourceId,
        sceneId,
        ruleKey: `${violation}/z1/0`,
        violation,
        zoneId: "z1",
        place,
        from,
        to,
        ended: true,
        dwellS: 60,
        score: 0.8,
        boxNorm: options.boxNorm ?? [0.2, 0.2, 0.2, 0.2],
        intervals: [{ state: "present", from: from.toISOString(), to: to.toISOString() }],
        trace: [{ filter: "dwell", passed: true, value: 60, threshold: 20 }],
        modelId: "m",
        modelSha256: "a".repeat(64),
      },
    });
    // whole views at three moments of the act, as the picture rules ask for, and a close-up
    const pictures = [
      { kind: "wide", atS: 0 },
      { kind: "close", atS: 1 },
      { kind: "during", atS: 30 },
      { kind: "after", atS: 60 },
    ];
    for (const { kind, atS } of pictures) {
      await deps.db.evidence.create({
        data: {
          flagId: flag.id,
          kind,
          clipId: clip.id,
          offsetMs: 10_000 + atS * 1_000,
          capturedAt: new Date(from.getTime() + atS * 1_000),
          sha256: picture.sha256,
          parentSha256: original.sha256,
          mediaType: "image/jpeg",
          sizeBytes: picture.sizeBytes,
          widthPx: 1280,
          heightPx: 720,
          madeBy: {},
        },
      });
    }
    await openClues(deps);
    return (await deps.db.clue.findUniqueOrThrow({ where: { flagId: flag.id } })).id;
  }

  /** The source and its scene, made once; returns the scene's id. */
  async function seedSource(
    sourceId: string,
    {
      key,
      place,
      from,
      kind,
      bare,
      district,
    }: { key: string; place: string; from: Date; kind: string; bare: boolean; district: string | null },
  ): Promise<string> {
    const known = await deps.db.scene.findFirst({ where: { sourceId } });
    if (known !== null) return known.id;
    const zone = {
      id: "z1",
      kind: "public_ground",
      polygon: [
        [0.1, 0.1],
        [0.9, 0.1],
        [0.9, 0.9],
      ],
      place,
    };
    await deps.db.source.create({
      data: {
        id: sourceId,
        name: `摄像机${key}`,
        kind,
        place,
        longitude: 121.5,
        latitude: 31.2,
        district,
      },
    });
    if (!bare) await seedDevice(deps.db, { sourceId, kind, at: from });
    const scene = await deps.db.scene.create({
      data: {
        sourceId,
        version: 1,
        document: { source: { id: sourceId, name: key, kind: "fixed" }, lookEveryS: 2, zones: [zone], rules: [] },
        sha256: "0".repeat(64),
        validFrom: new Date(0),
      },
    });
    return scene.id;
  }

  return {
    app,
    deps,
    rung,
    signIn,
    seedClue,
    close: async () => {
      stills.close();
      await app.close();
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type TestApi = Awaited<ReturnType<typeof createTestApi>>;

/** Full check lists answered "pass", as a careful reviewer would. */
export const passed = (ids: readonly { id: string }[]) => ids.map(({ id }) => ({ id, answer: "pass" as const }));
