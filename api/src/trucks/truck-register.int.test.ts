import { demoOtherTip, demoSite, demoTip, simulateDay } from "@mingcha/models/trips";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Caller, createRegisterApi, type RegisterApi } from "../testing/register-api.ts";

let api: RegisterApi["api"];
let people: RegisterApi["people"];
beforeAll(async () => {
  const register = await createRegisterApi();
  ({ api, people } = register);
  const { sites, tippings } = simulateDay({ seed: 11 }).register;
  for (const { fact } of [...sites, ...tippings]) await register.enter(fact);
});
afterAll(() => api.close());

const octets = (caller: Caller, url: string, payload: Buffer) =>
  api.app.inject({
    method: "POST",
    url,
    cookies: { mingcha_sid: caller.token },
    headers: { "x-mingcha": "1", "content-type": "application/octet-stream" },
    payload,
  });

test("permits are read from a GeoJSON file too, its lines as the route; what is wrong is told", async () => {
  const feature = (reference: string, geometry: object | null) => ({
    type: "Feature",
    properties: {
      许可证号: reference,
      工地: demoSite,
      消纳点: `${demoTip}、${demoOtherTip}`,
      有效期起: "2026-01-01",
      有效期止: "2026-12-31",
      开始时间: "19:00",
      结束时间: "05:00",
      走廊宽度: 60,
    },
    geometry,
  });
  const line = {
    type: "LineString",
    coordinates: [
      [121.5, 31.2],
      [121.6, 31.2],
    ],
  };
  const file = Buffer.from(
    JSON.stringify({
      type: "FeatureCollection",
      features: [feature("甲", line), feature("乙", { type: "Point", coordinates: [1, 2] }), feature("丙", null)],
    }),
  );
  const seen = (await octets(people.head, "/api/objects/import-preview?kind=disposal", file)).json();
  expect(seen).toMatchObject({ encoding: "GeoJSON, UTF-8", counts: { create: 2, error: 1 } });
  expect(seen.rows[0]).toMatchObject({ row: 3, problems: [{ code: "bad_route" }] });
  const done = await octets(people.head, `/api/objects/import?kind=disposal&plan=${seen.plan}`, file);
  expect(done.json()).toMatchObject({ created: 2 });
  const out = await people.head.call("GET", "/api/objects/export?kind=disposal&format=csv");
  const back = (await octets(people.head, "/api/objects/import-preview?kind=disposal", out.rawPayload)).json();
  expect(back.counts).toMatchObject({ create: 0, update: 0, error: 0 });
});
