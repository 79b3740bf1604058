import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Person, signInAs } from "./browser.ts";
import { demoClips } from "./demo-clips.ts";
import { type RunningSystem, waitFor } from "./system.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
/** 示例路 of the invented streets runs from west to east here. */
const street = { longitude: 121.515, latitude: 31.230_08 };
const metresPerDegree = 111_195;

/** A track of a point a second, so many metres a second to the east. */
function gpx(
  start: Date,
  seconds: number,
  speedMS: number,
  without: (second: number) => boolean = () => false,
): string {
  const east = metresPerDegree * Math.cos((street.latitude / 180) * Math.PI);
  const points = Array.from({ length: seconds + 1 }, (_, second) => {
    const longitude = street.longitude + (second * speedMS) / east;
    const time = new Date(start.getTime() + second * 1_000).toISOString();
    return without(second)
      ? ""
      : `<trkpt lat="${street.latitude}" lon="${longitude.toFixed(7)}"><time>${time}</time></trkpt>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>${points.join("")}</trkseg></trk></gpx>`;
}

export interface FieldWork {
  /** Recorded during handler1's check, beside it. */
  readonly during: string;
  /** Of another hour. */
  readonly orphan: string;
  /** A patrol car's. */
  readonly patrol: string;
}

/**
 * Recordings of work as a station hands them in: a body camera issued to handler1 during the check that waits for the officers on site and at another
 * time, and a patrol car's with its track, which flags what the stall's clip shows. Waits until each was laid beside the work.
 */
export async function fieldWork(system: RunningSystem): Promise<FieldWork> {
  const people = new Map<string, Person>();
  const send = async (login: string, method: "POST" | "PATCH", path: string, data: object) => {
    const person = people.get(login) ?? (await signInAs(system.url, login, system.password));
    people.set(login, person);
    const answer = await person.context.request.fetch(`${system.url}${path}`, {
      method,
      headers: { "x-mingcha": "1" },
      data,
    });
    if (!answer.ok()) throw new Error(`${login} ${path}: ${await answer.text()}`);
  };
  const stall = demoClips().find(({ id }) => id === "stall");
  if (stall === undefined) throw new Error("the bundled clip is missing");
  const scene = JSON.parse(JSON.stringify(stall.scene)) as { source: object; zones: unknown[]; rules: unknown[] };
  const sources = [
    { id: "body-01", name: "执法记录仪 01", kind: "body", rules: [] },
    { id: "patrol-01", name: "巡查车 01", kind: "patrol", rules: scene.rules },
  ];
  for (const { rules, ...source } of sources)
    await send("monitor", "POST", "/api/sources", {
      scene: { ...scene, source: { ...scene.source, ...source }, rules },
      baseVersion: 0,
    });
  const [handler] = await system.query<{ id: string }>("select id from person where login = 'handler1'");
  const issued = { kind: "carrier", validFrom: "2026-01-01T00:00:00Z", reference: "领用单〔2026〕1号" };
  await send("admin", "POST", "/api/sources/body-01/records", { ...issued, carrier: { personId: handler?.id } });
  await send("admin", "POST", "/api/sources/patrol-01/records", { ...issued, carrier: { car: "沪A·巡01" } });

  const [check] = await system.query<{ id: string; version: number }>(
    "select id, version from on_site_check where state = 'OPEN' order by created_at desc limit 1",
  );
  const arrived = new Date(Math.floor(Date.now() / 1_000) * 1_000 - 30 * 60_000);
  await send("handler1", "PATCH", `/api/on-site/${check?.id}`, {
    version: check?.version,
    arrivedAt: arrived.toISOString(),
    position: { ...street, accuracyM: 8 },
  });

  // it runs when they arrive: the one moment of the check that is known
  const switchedOn = new Date(arrived.getTime() - 45_000);
  const folder = join(system.dataFolder, "station");
  mkdirSync(folder);
  // of another day than the camera that the film was rendered for: the same act seen twice would be one record
  const patrolStart = new Date("2026-11-19T08:05:00Z");
  const files = [
    { name: "during", source: "body-01", start: switchedOn, track: gpx(switchedOn, 92, 0.2) },
    { name: "orphan", source: "body-01", start: new Date(arrived.getTime() - 5 * 3_600_000), track: null },
    {
      name: "patrol",
      source: "patrol-01",
      start: patrolStart,
      track: gpx(patrolStart, 92, 8, (second) => second > 70 && second < 82),
    },
  ] as const;
  const ids: Record<string, string> = {};
  for (const { name, source, start, track } of files) {
    const gpxFile = join(folder, `${name}.gpx`);
    if (track !== null) writeFileSync(gpxFile, track);
    const file = clipOfItsOwn(folder, name, stall.file);
    execFileSync(
      process.execPath,
      [
        "--import",
        "tsx",
        join(root, "ingest/src/add-file.ts"),
        file,
        "--source",
        source,
        "--start",
        start.toISOString(),
      ].concat(track === null ? [] : ["--srt", gpxFile]),
      { cwd: root, env: { ...process.env, MINGCHA_DATA: system.dataFolder }, stdio: "pipe" },
    );
    const [row] = await system.query<{ id: string }>("select id from clip where file_name = $1", [`${name}.mp4`]);
    ids[name] = row?.id ?? "";
  }
  await waitFor(
    async () =>
      (await system.query("select 1 from field_recording where source_id like '%-01'")).length === files.length,
    60_000,
    system.output,
  );
  await waitFor(
    async () =>
      (await system.query("select 1 from flag where source_id = 'patrol-01' and evidence_to is not null")).length > 0,
    240_000,
    system.output,
  );
  await Promise.all([...people.values()].map(({ context }) => context.close()));
  return { during: ids.during ?? "", orphan: ids.orphan ?? "", patrol: ids.patrol ?? "" };
}

/** The same film under another name and hash: an empty box at its end is read by nobody. */
function clipOfItsOwn(folder: string, name: string, source: string): string {
  const tail = Buffer.from(name.padEnd(8, " "));
  const box = Buffer.concat([Buffer.from([0, 0, 0, 8 + tail.length]), Buffer.from("free"), tail]);
  const file = join(folder, `${name}.mp4`);
  writeFileSync(file, Buffer.concat([readFileSync(source), box]));
  return file;
}
