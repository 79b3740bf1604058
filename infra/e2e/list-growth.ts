/**
 * How the review list, its search and the map grow with the number of flags: `npm run bench:lists [-- --to 1000000]`. Starts the whole system in a
 * folder of its own, fills its database with made-up records of 2,000 places and 200 cameras, and asks for pages as a browser does.
 * Prints milliseconds per request at the median and at p95 for each size, and how much dearer the largest is than the smallest.
 */
import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { removeFolder, startSystem, waitFor } from "./system.ts";

const { values } = parseArgs({ options: { to: { type: "string", default: "1000000" } } });
const largest = Number(values.to);
const sizes = [1_000, 10_000, 100_000, 1_000_000].filter((size) => size <= largest);
const requests = 120;
const places = 2_000;

type System = Awaited<ReturnType<typeof startSystem>>;

/** Fills up to `size` records. Triggers and foreign keys rest meanwhile: what is written satisfies them or is only looked at. */
async function fill({ query }: System, size: number): Promise<void> {
  const [{ n } = { n: 0 }] = await query<{ n: number }>(
    "select count(*)::int as n from clue where source_id like 'made-%'",
  );
  const range = `generate_series(${n + 1}, ${size}) i`;
  // one message, so that all of it runs on one connection
  await query(
    [
      // the page's contract takes ids of version 4 alone
      `create or replace function made_uuid(name text) returns uuid language sql immutable as
        $$ select overlay(overlay(md5(name) placing '4' from 13) placing '8' from 17)::uuid $$`,
      "set session_replication_role = replica",
      `insert into source (id, name, kind, place, longitude, latitude) select 'made-' || i, '造 ' || i, 'fixed', '造路' || i || '号', 121 + (i % 20) * 0.01, 31 + i / 20 * 0.01
          from generate_series(0, 199) i on conflict do nothing`,
      `insert into flag (id, source_id, scene_id, rule_key, violation, zone_id, place, from_at, to_at, ended, dwell_s, score, box_norm, intervals, trace, model_id, model_sha256, created_at, updated_at)
          select made_uuid('f' || i), 'made-' || i % 200, made_uuid('s'), 'STALL/z/' || i, (array['STALL','CROSS_DOOR','ROAD_PILE'])[1 + i % 3], 'z', '造路' || i % ${places} || '号',
            timestamptz '2024-01-01' + i * interval '37 s', timestamptz '2024-01-01' + i * interval '37 s' + interval '5 min', true, 300, 0.8, '[0.1,0.1,0.2,0.2]',
            '[{"state":"present","from":"2024-01-01T00:00:00Z","to":"2024-01-01T00:05:00Z"}]', '[]', 'm', repeat('a', 64), timestamptz '2024-01-01' + i * interval '37 s', timestamptz '2024-01-01'
          from ${range}`,
      `insert into evidence (id, flag_id, kind, clip_id, offset_ms, captured_at, sha256, parent_sha256, media_type, size_bytes, width_px, height_px, made_by)
          select made_uuid('e' || i), made_uuid('f' || i), 'wide', made_uuid('c'), 0, timestamptz '2024-01-01' + i * interval '37 s', md5('p' || i) || md5('q' || i), repeat('b', 64), 'image/jpeg', 1000, 1280, 720, '{}'
          from ${range}`,
      `insert into clue (id, flag_id, state, violation, source_id, place, from_at, to_at, due_at, queue_at, priority, created_at, updated_at)
          select made_uuid('k' || i), f.id, (case when i % 100 < 4 then 'TECH_REVIEW' when i % 100 < 6 then 'LEGAL_REVIEW' when i % 100 < 7 then 'ADMISSIBLE' when i % 100 < 25 then 'FILED'
            when i % 100 < 85 then 'REJECTED' else 'CLOSED_NO_PENALTY' end)::"ClueState", f.violation, f.source_id, f.place, f.from_at, f.to_at, q.due, case when i % 97 = 0 then timestamptz '1970-01-01' else q.due end, (case when i % 97 = 0 then 'URGENT' when i % 3 = 0 then 'HIGH' else 'NORMAL' end)::"CluePriority", f.created_at, f.created_at
          from ${range} join flag f on f.id = made_uuid('f' || i) cross join lateral (select date_trunc('day', f.to_at) + interval '5 days' as due) q`,
      "insert into clue_place select distinct place from clue on conflict do nothing",
      "set session_replication_role = default",
    ].join(";\n"),
  );
  await query("analyze clue, flag, evidence, clue_place");
}

/** The newest of the made records, and a month before it: where a map that counts a month has the most to count. */
const newestOf = (size: number): Date => new Date(Date.UTC(2024, 0, 1) + size * 37_000);
const monthBefore = (to: Date): Date => new Date(to.getTime() - 30 * 86_400_000);

/** Pages a person asks for; `{n}` changes with every request, so that nothing is remembered from the last. */
const asks = {
  "technical queue, oldest": "state=TECH_REVIEW&order=oldest",
  "technical queue, due": "state=TECH_REVIEW&order=due",
  "due, open, one violation": "state=TECH_REVIEW,LEGAL_REVIEW&violation=STALL&order=due",
  "due, one camera": "state=TECH_REVIEW&sourceId=made-{n}&order=due",
  "due, one place": "state=TECH_REVIEW&q=造路1{n}号&order=due",
  "due, deep in the list": "cursor&state=TECH_REVIEW&order=due",
  "closed, seven states": "state=REJECTED,DISCARDED,MERGED,CLOSED_NOT_FOUND,CLOSED_NO_PENALTY,ERASED,TRANSFERRED",
  "every state, newest": "order=newest",
  "one violation": "state=TECH_REVIEW,LEGAL_REVIEW&violation=STALL&order=oldest",
  "one camera": "sourceId=made-{n}",
  "search: one place": "q=造路1{n}号",
  "search: many places": "q=造路",
  "search: nothing": "q=没有这个地方{n}",
  "deep in the list": "cursor",
  "map: a month, all cameras": "map",
  "map: a month, 20 cameras": "map&bbox=120.99,{lat},121.5,{lat2}",
  "sources as they stand": "sources",
} as const;

/** Where an ask goes, of a database of `size` records. */
function pathOf(search: string, size: number): string {
  if (search === "sources") return "/api/sources";
  if (!search.startsWith("map")) return `/api/clues?limit=50&${search}`;
  const to = newestOf(size);
  const south = 31 + randomInt(10) * 0.01;
  const view = search
    .slice(3)
    .replace("{lat}", (south - 0.004).toFixed(4))
    .replace("{lat2}", (south + 0.004).toFixed(4));
  return `/api/map/flags?from=${monthBefore(to).toISOString()}&to=${to.toISOString()}${view}`;
}

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

const system = await startSystem();
try {
  await waitFor(async () => (await system.query("select 1 from clue")).length > 0, 180_000, system.output);
  // the demo's own footage is done
  await waitFor(async () => (await system.query("select 1 from clip where state = 'STORED'")).length === 0, 180_000);
  const signedIn = await fetch(`${system.url}/api/session`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-mingcha": "1" },
    body: JSON.stringify({ login: "auditor", password: system.password }),
  });
  const cookie = signedIn.headers.get("set-cookie")?.split(";")[0] ?? "";
  const get = async (search: string, size: number): Promise<{ ms: number; next?: string | null }> => {
    const beganMs = performance.now();
    const answer = await fetch(`${system.url}${pathOf(search, size)}`, { headers: { cookie } });
    const body = (await answer.json()) as { next?: string | null };
    if (!answer.ok) throw new Error(`${search}: ${JSON.stringify(body)}`);
    return { ms: performance.now() - beganMs, ...body };
  };
  const p95 = new Map<string, number[]>();
  for (const size of sizes) {
    const beganMs = performance.now();
    await fill(system, size);
    console.log(
      `\n${size.toLocaleString("en")} flags (filled in ${((performance.now() - beganMs) / 1000).toFixed(0)} s)`,
    );
    for (const [name, search] of Object.entries(asks)) {
      const times: number[] = [];
      let cursor: string | null = null;
      for (let nth = 0; nth < requests; nth++) {
        const asked: string = search.startsWith("cursor")
          ? cursor === null
            ? search.slice("cursor".length + 1)
            : `cursor=${cursor}${search.slice("cursor".length)}`
          : search.replace("{n}", String(randomInt(200)));
        const { ms, next } = await get(asked, size);
        cursor = next ?? null;
        // the first of each kind also loads plans and pages of the index
        if (nth >= 20) times.push(ms);
      }
      times.sort((a, b) => a - b);
      p95.set(name, [...(p95.get(name) ?? []), at(times, 0.95)]);
      console.log(
        `  ${name.padEnd(26)} p50 ${at(times, 0.5).toFixed(1).padStart(6)} ms   p95 ${at(times, 0.95).toFixed(1).padStart(6)} ms`,
      );
    }
  }
  console.log(`\nstatistics at ${largest.toLocaleString("en")} flags, counted from the rows`);
  for (const [name, days] of [
    ["30 days", "from=2024-06-01&to=2024-06-30"],
    ["366 days", "from=2024-01-01&to=2024-12-31"],
  ] as const) {
    const times: number[] = [];
    for (let nth = 0; nth < 5; nth++) {
      const beganMs = performance.now();
      const answer = await fetch(`${system.url}/api/statistics?${days}`, { headers: { cookie } });
      await answer.arrayBuffer();
      if (!answer.ok) throw new Error(`statistics: ${answer.status}`);
      times.push(performance.now() - beganMs);
    }
    times.sort((a, b) => a - b);
    console.log(`  ${name.padEnd(26)} p50 ${at(times, 0.5).toFixed(0)} ms   most ${at(times, 1).toFixed(0)} ms`);
  }
  console.log(`\np95 at ${sizes.map((size) => size.toLocaleString("en")).join(" → ")} flags, and the last ÷ the first`);
  for (const [name, list] of p95)
    console.log(
      `  ${name.padEnd(26)} ${list.map((ms) => ms.toFixed(1).padStart(6)).join(" → ")} ms   ${((list.at(-1) ?? 0) / (list[0] ?? 1)).toFixed(2)} ×`,
    );
  const slowest = Math.max(...[...p95.values()].map((list) => list.at(-1) ?? 0));
  console.log(`slowest p95 at ${largest.toLocaleString("en")}: ${slowest.toFixed(1)} ms, goal 50 ms`);
} finally {
  await system.stop();
  removeFolder(system.dataFolder);
}
