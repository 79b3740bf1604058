import type { RunningSystem } from "./system.ts";

const sn = "7CTDM3A00B1234";
const prefix = `docks/${sn}/`;

/** Rows as ingest leaves them of a dock, since no broker runs beside the demo: one flight with all that can come of a file. */
export async function seedDock({ query }: Pick<RunningSystem, "query">): Promise<void> {
  const [clip] = await query<{ intake_id: string }>("select intake_id from clip where source_id = 'drone-1' limit 1");
  await query(
    "insert into dock (sn, name, source_id, aircraft_sn, binding_code, updated_at) values ($1, '世纪大道机场', 'drone-1', '1581F6Q8D2345', 'K7QX2M9P', now())",
    [sn],
  );
  await query(
    `insert into dock_standing (sn, messages, last_message_at, online_since, aircraft_sn, bound_at, credentials_at, credentials_until, osd, clock_at, clock_offset_ms)
     values ($1, 51234, now(), now() - interval '3 hours', '1581F6Q8D2345', now() - interval '9 days', now() - interval '20 minutes',
       now() + interval '40 minutes', $2, now() - interval '25 minutes', 310)`,
    [
      sn,
      JSON.stringify({
        [`${sn}:osd`]: { at: new Date().toISOString(), longitude: 121.52013, latitude: 31.22987, height: 18.4 },
      }),
    ],
  );
  await query(
    "insert into dock_credential (id, sn, bucket, prefix, access_key_id, issued_at, expires_at) values (gen_random_uuid(), $1, 'mingcha-docks', $2, 'x', now() - interval '20 minutes', now() + interval '40 minutes')",
    [sn, prefix],
  );
  for (const [flightId, expected, ageHours] of [
    ["DJI_202611281030_014_patrol-south", 8, 1],
    ["DJI_202611271030_013_patrol-south", 3, 25],
  ] as const)
    await query(
      `insert into dock_flight (sn, flight_id, expected_files, expected_most, uploaded_files, first_seen_at, last_seen_at)
       values ($1, $2, $3, $3, $4, now() - $5 * interval '1 hour', now() - $5 * interval '1 hour' + interval '7 minutes')`,
      [sn, flightId, expected, expected, ageHours],
    );
  const reasons = {
    mismatch: [
      "overwritten",
      "通知之后对象被改写，不能确定哪一份是原件",
      "the object was overwritten after it was announced: which one is the original cannot be told",
    ],
    missing: [
      "object_missing",
      "机场通知已上传，但对象存储中始终没有该文件",
      "the dock announced it, but the object never came",
    ],
    refused: [
      "preview_copy",
      "这是同一录像的低清预览（LRF/LRV），请上传原始录像",
      "this is the low-resolution preview (LRF/LRV) of a recording; bring the recording itself",
    ],
  } as const;
  const files = [
    ["014_patrol-south", "DJI_20261128103112_0001_V.mp4", "taken", "notice", clip?.intake_id ?? null],
    ["014_patrol-south", "DJI_20261128103112_0001_V.SRT", "taken", "notice", null],
    ["014_patrol-south", "DJI_20261128103112_PPK.obs", "taken", "sweep", null],
    ["014_patrol-south", "DJI_20261128103250_0002_V.mp4", "mismatch", "notice", null],
    ["014_patrol-south", "DJI_20261128103412_0003_T.jpg", "verified", "notice", null],
    ["014_patrol-south", "DJI_20261128103413_0004_T.jpg", "missing", "notice", null],
    ["014_patrol-south", "DJI_20261128103512_0005_V.mp4", "noticed", "notice", null],
    ["014_patrol-south", "DJI_20261128103112_0001_V.lrf", "refused", "notice", null],
    ["013_patrol-south", "DJI_20261127103112_0001_V.mp4", "taken", "notice", null],
    ["013_patrol-south", "DJI_20261127103312_0002_V.mp4", "taken", "notice", null],
    ["013_patrol-south", "DJI_20261127103512_0003_V.mp4", "taken", "notice", null],
  ] as const;
  for (const [flight, name, state, foundBy, intakeId] of files) {
    const [code, zh, en] = state in reasons ? reasons[state as keyof typeof reasons] : [null, null, null];
    const flightId = `DJI_2026112${flight.startsWith("014") ? "8" : "7"}1030_${flight}`;
    await query(
      `insert into dock_file (id, sn, flight_id, object_key, name, state, reason_code, reason_zh, reason_en, found_by, notices, size_bytes, intake_id)
       values (gen_random_uuid(), $1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10, $11)`,
      [
        sn,
        flightId,
        `${prefix}${flightId}/${name}`,
        name,
        state,
        code,
        zh,
        en,
        foundBy,
        // of what never came nothing is known
        state === "missing" || state === "noticed" ? null : 48_123_456,
        intakeId,
      ],
    );
  }
  // what the message said of the film: two of it disagree
  await query("update dock_file set said = $2 where sn = $1 and name = 'DJI_20261128103112_0001_V.mp4'", [
    sn,
    JSON.stringify({
      sizeBytes: 48_123_456,
      longitude: 121.52013,
      latitude: 31.22987,
      absoluteM: 131.2,
      relativeM: 118.4,
      gimbalYawDeg: -91.4,
      createdText: "2026-11-28 10:31:12",
      fingerprint: "0f343b0931126a20f133d67c2b018a3b",
    }),
  ]);
  await query(
    `insert into dock_file_decision (file_id, ordinal, attempt, step, cause, reason, state, person_id)
     select f.id, 1, 1, 'close', 'not_needed', '低清预览，原片已入库', f.state, p.id
     from dock_file f, person p where f.state = 'refused' and p.login = 'monitor'`,
  );
  // what lies where another object had been announced may be taken in as it is; of an earlier flight one was
  await query(
    "update dock_file set etag = 'b0a1', later_etag = '5d41402abc4b2a76b9719d911017c592' where reason_code = 'overwritten'",
  );
  await query(
    `with word as (
       insert into dock_file_decision (file_id, ordinal, attempt, step, etag, reason, state, reason_code, person_id)
       select f.id, 1, 1, 'admit', '9e107d9d372bb6826bd81d3542a419d6', '机场断网后重传，与存储卡上的原片一致', 'mismatch', 'overwritten', p.id
       from dock_file f, person p where f.name = 'DJI_20261127103312_0002_V.mp4' and p.login = 'monitor'
       returning file_id)
     update dock_file set admission = 1, attempt = 2 from word where id = word.file_id`,
  );
  await query(
    "insert into dock_drop (sn, day, cause, messages, last_at) values ($1, current_date, 'unknown_method', 12, now())",
    [sn],
  );
  await query(
    "insert into dock_link (id, client_id, state, since) values (1, 'mingcha-demo', 'connected', now() - interval '3 hours') on conflict do nothing",
  );
}
