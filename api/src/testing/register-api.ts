import type { ObjectDetail } from "@mingcha/models/http";
import type { ObjectFactInput } from "@mingcha/models/objects";
import { expect } from "vitest";
import { createTestApi, type TestApi } from "./test-api.ts";

export type Caller = Awaited<ReturnType<TestApi["signIn"]>>;
const duties = {
  monitor: "monitor",
  tech: "technical_reviewer",
  legal: "legal_reviewer",
  handler: "handler",
  head: "head",
  auditor: "auditor",
  admin: "administrator",
  pilot: "pilot",
} as const;

/** The example of GB 32100-2015. */
export const creditCode = "91350100M000100Y43";
export const unique = () => crypto.randomUUID().slice(0, 8);
export const shop = (over: object = {}): ObjectFactInput => ({
  kind: "shop",
  name: `店${unique()}`,
  place: `示例路${unique()}号`,
  telephone: "021-58000001",
  ...over,
});

/** A server with one person of each duty, and what they do with the register. */
export async function createRegisterApi() {
  const api = await createTestApi();
  const people = {} as Record<keyof typeof duties, Caller>;
  for (const [login, duty] of Object.entries(duties))
    people[login as keyof typeof duties] = await api.signIn(login, [duty]);
  return {
    api,
    people,
    async enter(fact: ObjectFactInput, caller = people.handler): Promise<string> {
      const answer = await caller.call("POST", "/api/objects", { fact });
      expect(answer.statusCode, answer.body).toBe(200);
      return answer.json().id;
    },
    get: async (caller: Caller, id: string) => (await caller.call("GET", `/api/objects/${id}`)).json() as ObjectDetail,
  };
}
export type RegisterApi = Awaited<ReturnType<typeof createRegisterApi>>;
