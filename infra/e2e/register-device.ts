import { type Person, signInAs } from "./browser.ts";

/**
 * Enters everything the law asks of a fixed camera, each by the person who answers for it, as of half a year before `capturedAt`, and one
 * comparison of its clock.
 */
export async function registerDevice(
  system: { url: string; password: string },
  sourceId: string,
  capturedAt: Date,
): Promise<void> {
  const validFrom = new Date(capturedAt.getTime() - 180 * 86_400_000).toISOString();
  const at = new Date(capturedAt.getTime() - 3_600_000).toISOString();
  const records = {
    legal: ["legal_review"],
    tech: ["technical_review", "standard", "metrology_exempt"],
    monitor: ["sign", "publication"],
  };
  const post = async ({ context }: Person, path: string, data: object) => {
    const url = `${system.url}/api/sources/${sourceId}/${path}`;
    const answer = await context.request.post(url, { headers: { "x-mingcha": "1" }, data });
    if (!answer.ok()) throw new Error(`${path}: ${await answer.text()}`);
  };
  for (const [login, kinds] of Object.entries(records)) {
    const person = await signInAs(system.url, login, system.password);
    for (const kind of kinds) await post(person, "records", { kind, validFrom, reference: `试验〔2026〕${kind}` });
    if (login === "tech") await post(person, "clock-samples", { at, offsetMs: 150, uncertaintyMs: 50 });
    await person.context.close();
  }
}
