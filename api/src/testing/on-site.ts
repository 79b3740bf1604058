import { createHash } from "node:crypto";
import { takePhoto } from "@mingcha/infra/testing";
import type { OnSiteCheckView } from "@mingcha/models/http";
import type { TestApi } from "./test-api.ts";

type Caller = Awaited<ReturnType<TestApi["signIn"]>>;

export const sha256Of = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** What an officer with a phone does, over HTTP. */
export function phoneOf(api: TestApi, who: Caller, deviceKey = `device-${who.person.login}-00000000`) {
  const checks = async (clueId: string): Promise<OnSiteCheckView[]> =>
    (await who.call("GET", `/api/clues/${clueId}/on-site`)).json().checks;
  const check = async (clueId: string): Promise<OnSiteCheckView> => {
    const [first] = await checks(clueId);
    if (first === undefined) throw new Error("nobody was sent");
    return first;
  };
  return {
    check,
    checks,
    send: (checkId: string, bytes: Uint8Array, query = "kind=wide") =>
      api.app.inject({
        method: "POST",
        url: `/api/on-site/${checkId}/photos?${query}`,
        cookies: { mingcha_sid: who.token },
        headers: { "x-mingcha": "1", "content-type": "application/octet-stream" },
        payload: Buffer.from(bytes),
      }),
    save: async (clueId: string, findings: object) => {
      const { id, version } = await check(clueId);
      return who.call("PATCH", `/api/on-site/${id}`, { version, ...findings });
    },
    sign: async (clueId: string, over: object = {}) => {
      const { id, contentSha256 } = await check(clueId);
      return who.call("POST", `/api/on-site/${id}/sign`, { contentSha256, deviceKey, ...over });
    },
  };
}

export const saidOnSite = {
  arrivedAt: "2026-11-28T02:00:00.000Z",
  position: { longitude: 121.5, latitude: 31.2, accuracyM: 8 },
  result: "confirmed",
  findings: "人行道上有一处流动摊位，长约2米",
  party: "absent",
} as const;

/** Two officers look at the place of a record that waits for them: photos, words, both signatures. */
export async function checkOnSite(
  api: TestApi,
  clueId: string,
  officers: readonly [Caller, Caller],
  said: object = {},
): Promise<void> {
  const [first, second] = officers.map((officer) => phoneOf(api, officer)) as [
    ReturnType<typeof phoneOf>,
    ReturnType<typeof phoneOf>,
  ];
  const { id } = await first.check(clueId);
  await first.send(id, await takePhoto(), "kind=wide");
  await second.send(id, await takePhoto(), "kind=close");
  await first.save(clueId, { ...saidOnSite, ...said });
  for (const phone of [first, second]) {
    const answer = await phone.sign(clueId);
    if (answer.statusCode !== 200) throw new Error(answer.body);
  }
}
