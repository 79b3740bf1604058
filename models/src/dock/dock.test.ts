import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  dockFileStates,
  dockLimits,
  dockMethods,
  isPositioningName,
  prefixOf,
  readKey,
  readMessage,
  readSaid,
  readTopic,
  replyTo,
  topicKinds,
  topicsOf,
  uploadPolicy,
} from "./index.ts";

const sn = "7CTDM3A00B1234";
const topic = (word: string) => (word === "status" ? `sys/product/${sn}/status` : `thing/product/${sn}/${word}`);
const bytes = (value: unknown) => new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));
const envelope = { tid: "t-1", bid: "b-1", timestamp: 1_654_070_968_655, gateway: sn };

describe("object keys", () => {
  test("docks/<sn>/<flight>/<name> is read, with folders of the dock's own between", () => {
    expect(readKey(`docks/${sn}/flight-1/DJI_0001_V.mp4`, sn)).toEqual({
      sn,
      flightId: "flight-1",
      name: "DJI_0001_V.mp4",
    });
    expect(readKey(`docks/${sn}/f 1/巡查(南)/a+b.jpg`, sn)).toEqual({ sn, flightId: "f 1", name: "a+b.jpg" });
  });

  test.each([
    ["", "bad_key"],
    [`/docks/${sn}/f/a`, "bad_key"],
    [`docks/${sn}/a`, "bad_key"],
    [`docks/${sn}//a`, "bad_key"],
    [`docks/${sn}/f/`, "bad_key"],
    [`docks/${sn}/../a`, "bad_key"],
    [`docks/${sn}/f/..`, "bad_key"],
    [`docks/${sn}/f/a..b`, "bad_key"],
    [`docks/${sn}/f/.hidden`, "bad_key"],
    [`docks/${sn}/f/a\u0000b`, "bad_key"],
    [`docks/${sn}/f/a\nb`, "bad_key"],
    [`docks/${sn}/f/a*`, "bad_key"],
    [`docks/${sn}/f/1/2/3/4/a`, "bad_key"],
    [`evidence/${sn}/f/a`, "bad_key"],
    [`docks/${sn}/f/${"x".repeat(201)}`, "bad_key"],
    ["docks/7CTDM3A00B9999/f/a", "foreign_key"],
  ])("%s is %s", (key, refusal) => expect(readKey(key, sn)).toBe(refusal));

  test("whatever is read lies below the dock's own prefix and never climbs out of it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (rest) => {
        const key = `docks/${sn}/${rest}`;
        const read = readKey(key, sn);
        if (typeof read === "string") return;
        expect(key.startsWith(prefixOf(sn))).toBe(true);
        expect(key.split("/").some((part) => part === "" || part === "." || part.includes(".."))).toBe(false);
      }),
    );
  });
});

describe("messages", () => {
  test("every method is read under its own topic and no other", () => {
    for (const [method, { topic: kind }] of Object.entries(dockMethods))
      for (const other of Object.keys(topicKinds)) {
        if (other === "osd" || other === "state") continue;
        const read = readMessage(topic(other), bytes({ ...envelope, method, data: {} }));
        const isKnown = read.kind === "call" || (read.kind === "dropped" && read.cause === "bad_request");
        expect(isKnown, `${method} under ${other}`).toBe(other === kind);
      }
  });

  test("DJI's own example of an upload is read, numbers as text too", () => {
    const data = {
      file: {
        cloud_to_cloud_id: "DEFAULT",
        ext: { drone_model_key: "0-67-0", flight_id: "xxx", is_original: true, payload_model_key: "0-67-0" },
        metadata: {
          absolute_altitude: 56.311,
          create_time: "2021-05-10 16:04:20",
          gimbal_yaw_degree: "-91.40",
          relative_altitude: 41.124,
          shoot_position: { lat: 22.1, lng: 122.5 },
        },
        name: "dog.jpeg",
        object_key: "object_key",
        path: "xxx",
      },
      flight_task: { expected_file_count: 14, flight_type: 0, uploaded_file_count: 12 },
    };
    const read = readMessage(
      topic("events"),
      bytes({ ...envelope, need_reply: 1, method: "file_upload_callback", data }),
    );
    expect(read).toMatchObject({ kind: "call", sn, call: { method: "file_upload_callback" } });
    if (read.kind !== "call" || read.call.method !== "file_upload_callback") return;
    expect(readSaid(read.call.data)).toEqual({
      sizeBytes: null,
      longitude: 122.5,
      latitude: 22.1,
      absoluteM: 56.311,
      relativeM: 41.124,
      gimbalYawDeg: -91.4,
      createdText: "2021-05-10 16:04:20",
      fingerprint: null,
    });
  });

  test("no fix and no place on earth are no place", () => {
    const said = (lat: number, lng: number) =>
      readSaid({ file: { object_key: "k", metadata: { shoot_position: { lat, lng } } } });
    for (const [lat, lng] of [
      [0, 0],
      [91, 10],
      [10, 181],
    ] as const)
      expect(said(lat, lng)).toMatchObject({ longitude: null, latitude: null });
  });

  test("one larger than a dock sends is dropped before it is read", () => {
    const read = readMessage(topic("events"), new Uint8Array(dockLimits.messageBytesMax + 1));
    expect(read).toMatchObject({ kind: "dropped", cause: "too_large", envelope: null });
  });

  test("nothing that comes makes reading throw", () => {
    const kinds = Object.keys(topicKinds).map(topic);
    fc.assert(
      fc.property(
        fc.constantFrom(...kinds, "", "thing/product/+/events"),
        fc.uint8Array({ maxLength: 400 }),
        (under, payload) => {
          readMessage(under, payload);
        },
      ),
    );
    const methods = fc.constantFrom(...Object.keys(dockMethods), "__proto__", "constructor", "x");
    fc.assert(
      fc.property(fc.constantFrom(...kinds), methods, fc.json(), (under, method, json) => {
        readMessage(under, bytes({ ...envelope, method, data: JSON.parse(json) }));
      }),
    );
  });
});

test("a reply brings back the ids, with DJI's zero where all is well", () => {
  expect(replyTo({ ...envelope, method: "config" }, { result: "ok", beside: { app_id: 7 } }, 5)).toEqual({
    tid: "t-1",
    bid: "b-1",
    method: "config",
    timestamp: 5,
    data: { result: 0, app_id: 7 },
  });
  expect(replyTo({ ...envelope, method: "x" }, { result: "unknown_method" }, 5).data.result).not.toBe(0);
});

test("a dock is heard topic by topic, without a wildcard, and its aircraft only for osd and state", () => {
  const topics = [...topicsOf({ sn, aircraftSn: "1581F6Q8D2345" }).keys()];
  expect(topics).toHaveLength(8);
  for (const one of topics) expect(one).not.toMatch(/[+#$]/);
  expect(topics.filter((one) => one.includes("1581F6Q8D2345"))).toEqual([
    "thing/product/1581F6Q8D2345/osd",
    "thing/product/1581F6Q8D2345/state",
  ]);
  for (const strange of [
    "thing/product/+/events",
    "thing/product/a b/events",
    "sys/product/x/status",
    `thing/product/${sn}/events/more`,
  ])
    expect(readTopic(strange)).toBeNull();
});

test("the policy names puts below one prefix, and nothing that reads, lists or removes", () => {
  const { Statement } = uploadPolicy("bucket", sn);
  expect(Statement).toHaveLength(1);
  expect(Statement[0]?.Resource).toEqual([`arn:aws:s3:::bucket/docks/${sn}/*`]);
  for (const action of Statement[0]?.Action ?? [])
    expect(action).toMatch(/^s3:(PutObject|AbortMultipartUpload|ListMultipartUploadParts)$/);
});

test("positioning data is known by its name, pictures and telemetry are not taken for it", () => {
  expect(["a.obs", "a.RTK", "a.mrk", "a.nav", "a.DAT"].every(isPositioningName)).toBe(true);
  expect(["a.mp4", "a.SRT", "a.jpg", "obs", "a.obs.mp4"].some(isPositioningName)).toBe(false);
});

test("every state that a file can reach exists", () => {
  for (const { next } of Object.values(dockFileStates))
    for (const state of next) expect(dockFileStates).toHaveProperty(state);
});
