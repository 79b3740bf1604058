import { fieldDetailSchema } from "@mingcha/models/http";
import { expect } from "vitest";
import { matchClip } from "../field/match-clip.ts";
import { createFieldMatching } from "../field/match-due.ts";
import { phoneOf, saidOnSite } from "./on-site.ts";
import { type Caller, createOnSiteTeam } from "./on-site-team.ts";
import { type SeedRecording, seedRecording } from "./seed-recording.ts";

/** An API with everybody whom a check at the place concerns, whoever issues devices, and recordings around the arrival. */
export async function createFieldTeam() {
  const team = await createOnSiteTeam();
  const { api, people, dispatched } = team;
  const { db } = api.deps;
  const admin = await api.signIn("issuer", ["administrator"]);
  const arrived = new Date(saidOnSite.arrivedAt);
  const { longitude, latitude } = saidOnSite.position;
  const north = (metres: number) => () => ({ longitude, latitude: latitude + metres / 111_195 });
  const before = (minutes: number) => new Date(arrived.getTime() - minutes * 60_000);
  let made = 0;

  /** The device is issued to a person over HTTP, as the register does it. */
  async function issue(sourceId: string, to: Caller, over: object = {}) {
    return admin.call("POST", `/api/sources/${sourceId}/records`, {
      kind: "carrier",
      validFrom: "2026-01-01T00:00:00Z",
      reference: "领用单2026-1",
      carrier: { personId: to.person.id },
      ...over,
    });
  }

  /** A recording of a new body camera, issued to somebody. */
  async function recorded(over: Partial<SeedRecording> = {}, carrier: Caller | null = people.one): Promise<string> {
    const sourceId = over.sourceId ?? `body-${++made}`;
    const clipId = await seedRecording(api, { sourceId, startedAt: before(2), ...over });
    if (carrier !== null) expect((await issue(sourceId, carrier)).statusCode).toBe(200);
    return clipId;
  }
  /** A check that the officers were sent to and wrote their arrival into. */
  async function checked(said: object = {}): Promise<string> {
    const clueId = await dispatched();
    const answer = await phoneOf(api, people.one).save(clueId, { ...saidOnSite, ...said });
    expect(answer.statusCode).toBe(200);
    return clueId;
  }
  /** Checks so far are of other tests: their officers were somewhere else then. */
  async function forgetChecks(): Promise<void> {
    await db.onSiteCheck.updateMany({ data: { state: "WITHDRAWN" } });
  }
  /** Laid beside what there is now, as the sweep does it. */
  const match = (clipId: string) => matchClip(api.deps, clipId);
  const sweep = () => createFieldMatching(api.deps)();
  const view = async (clipId: string, who: Caller = people.monitor) =>
    fieldDetailSchema.parse((await who.call("GET", `/api/field-recordings/${clipId}`)).json());
  async function decide(who: Caller, clipId: string, body: object) {
    const { version } = await view(clipId);
    return who.call("POST", `/api/field-recordings/${clipId}/decisions`, { version, ...body });
  }
  return { ...team, db, admin, before, checked, decide, forgetChecks, issue, match, north, recorded, sweep, view };
}
