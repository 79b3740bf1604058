import { legalQuestions, technicalQuestions } from "@mingcha/models/clue";
import { expect } from "vitest";
import { phoneOf } from "./on-site.ts";
import { createTestApi, passed, type TestApi } from "./test-api.ts";

export type Caller = Awaited<ReturnType<TestApi["signIn"]>>;

/** An API with everybody whom a check at the place concerns, and records on their way to one. */
export async function createOnSiteTeam() {
  const api = await createTestApi();
  const handler = (name: string) => api.signIn(name, ["handler"]);
  const people = {
    tech: await api.signIn("tech", ["technical_reviewer"]),
    legal: await api.signIn("legal", ["legal_reviewer"]),
    dispatcher: await handler("dispatcher"),
    one: await handler("one"),
    two: await handler("two"),
    stranger: await handler("stranger"),
    expired: await api.signIn("expired", ["handler"], { qualified: false }),
    reviewer: await api.signIn("reviewer", ["technical_reviewer", "handler"]),
    head: await api.signIn("head", ["head"]),
    auditor: await api.signIn("auditor", ["auditor"]),
    monitor: await api.signIn("monitor", ["monitor"]),
  };
  const versionOf = async (id: string) => (await api.deps.db.clue.findUniqueOrThrow({ where: { id } })).version;
  const step = async (who: Caller, id: string, event: string, extra: object = {}) =>
    who.call("POST", `/api/clues/${id}/events`, { event, version: await versionOf(id), ...extra });
  const officers = () => ({ handlerIds: [people.one.person.id, people.two.person.id] });
  /** A drone's record that passed both reviews. */
  async function admissible(reviewer = people.tech): Promise<string> {
    const id = await api.seedClue({ kind: "drone" });
    await step(reviewer, id, "tech_pass", { checklist: passed(technicalQuestions) });
    await step(people.legal, id, "legal_pass", { checklist: passed(legalQuestions) });
    return id;
  }
  /** One more of them, for which the two officers were sent. */
  async function dispatched(): Promise<string> {
    const id = await admissible();
    expect((await step(people.dispatcher, id, "dispatch", officers())).json()).toMatchObject({
      state: "ON_SITE_CHECK",
    });
    return id;
  }
  const one = () => phoneOf(api, people.one);
  const two = () => phoneOf(api, people.two);
  return { api, people, versionOf, step, officers, admissible, dispatched, one, two };
}
