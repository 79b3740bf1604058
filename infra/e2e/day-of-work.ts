import { legalQuestions, technicalQuestions } from "@mingcha/models/clue";
import { type Person, signInAs } from "./browser.ts";
import { type RunningSystem, waitFor } from "./system.ts";

/** A check list with every question answered well. */
export const answered = (questions: readonly { id: string }[]) => questions.map(({ id }) => ({ id, answer: "pass" }));

/**
 * A day of work on the demo's records, so that pages have something to show: one record becomes a case with a drafted notice, one waits for the
 * law, one is rejected, a drone's waits for two officers at the place, a reviewer stays away from one, and looks are drawn.
 * @returns what the pages are opened with.
 */
export async function dayOfWork(system: RunningSystem): Promise<{ caseId: string }> {
  const people = new Map<string, Person>();
  const as = async (login: string): Promise<Person> => {
    const known = people.get(login) ?? (await signInAs(system.url, login, system.password));
    people.set(login, known);
    return known;
  };
  const post = async <T>(login: string, path: string, data: object): Promise<T> => {
    const { context } = await as(login);
    const answer = await context.request.post(`${system.url}${path}`, { headers: { "x-mingcha": "1" }, data });
    if (!answer.ok()) throw new Error(`${login} ${path}: ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  const idOf = async (login: string) =>
    (await system.query<{ id: string }>("select id from person where login = $1", [login]))[0]?.id ?? "";
  const clueOf = async (where: string) =>
    (await system.query<{ id: string }>(`select id from clue where ${where} order by from_at limit 1`))[0]?.id ?? "";
  const move = async (login: string, id: string, event: string, more: object = {}) => {
    const [row] = await system.query<{ version: number }>("select version from clue where id = $1", [id]);
    return post<{ caseId: string | null }>(login, `/api/clues/${id}/events`, { event, version: row?.version, ...more });
  };

  const shop = await clueOf("source_id = 'cam-shop-12'");
  const stall = await clueOf("source_id = 'cam-market-3' and violation = 'STALL'");
  const pile = await clueOf("source_id = 'cam-market-3' and violation = 'ROAD_PILE'");
  const drone = await clueOf("source_id = 'drone-1'");
  const truck = await clueOf("source_id = 'cam-gate-1'");
  const handlerIds = [await idOf("handler1"), await idOf("handler2")];
  for (const id of [shop, stall, drone])
    await move("tech", id, "tech_pass", { checklist: answered(technicalQuestions) });
  for (const id of [shop, drone]) await move("legal", id, "legal_pass", { checklist: answered(legalQuestions) });
  await move("tech", truck, "tech_fail", { reasonCode: "wrong_object" });
  await post("both", `/api/clues/${pile}/recusals`, {
    personId: await idOf("both"),
    reasonCode: "relative",
    note: "店主是近亲属",
  });
  const dissuasion = { channel: "on_site", recipient: "店主", correctWithinMin: 0 };
  await move("handler1", shop, "dissuade", { dissuasion });
  await move("handler1", shop, "not_corrected", { note: "到期复查，物品仍在门线外" });
  const { caseId } = await move("handler1", shop, "file", { handlerIds });
  if (caseId === null) throw new Error("filing gave no case");
  await post("handler1", `/api/cases/${caseId}/documents`, { template: "penalty-notice" });
  await move("handler1", drone, "dispatch", { handlerIds });
  // as if the footage had come an hour ago: a day is drawn from when nothing more comes of it
  await system.query("update clip set received_at = received_at - interval '1 hour'");
  await waitFor(async () => (await system.query("select 1 from look_sample")).length >= 4, 90_000, system.output);
  await Promise.all([...people.values()].map(({ context }) => context.close()));
  return { caseId };
}
