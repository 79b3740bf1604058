import { appendCustody } from "@mingcha/infra/custody";
import { isDuplicate } from "@mingcha/infra/db";
import { AppError } from "@mingcha/models";
import type { SampleAnswerBody } from "@mingcha/models/http";
import { statisticsDuties } from "@mingcha/models/statistics";
import type { Deps } from "../deps.ts";
import { assertSourceDistrict } from "../people/bars.ts";
import type { SignedIn } from "../people/sessions.ts";
import { barredFor } from "./next-sample.ts";
import { optionsOf, sceneAt } from "./view-look.ts";

/** Writes down what a person saw on a look, once and for all. Throws NOT_FOUND, OWN_SAMPLE, WRONG_DISTRICT, SAMPLE_ANSWERED, and BAD_INPUT for what is not asked. */
export async function answerSample(
  { db, profile }: Pick<Deps, "db" | "profile">,
  sampleId: string,
  body: SampleAnswerBody,
  person: SignedIn,
): Promise<void> {
  const [sample] = await db.$queryRaw<{ capturedAt: Date; sourceId: string; barred: boolean }[]>`
    select s.captured_at as "capturedAt", c.source_id as "sourceId", coalesce(${barredFor(person.id)}, false) as barred
    from look_sample s join clip c on c.id = s.clip_id where s.id = ${sampleId}::uuid`;
  if (sample === undefined) throw new AppError("NOT_FOUND", {}, { detail: `sample ${sampleId}` });
  if (sample.barred) throw new AppError("OWN_SAMPLE");
  const { sourceId } = sample;
  await assertSourceDistrict(db, { profile, sourceId, person, needs: [statisticsDuties.answer] });
  const seen = body.answer === "violation" ? { violation: body.violation, zoneId: body.zoneId } : {};
  if (body.answer === "violation") {
    const scene = await sceneAt(db, sample.sourceId, sample.capturedAt);
    const isAsked = optionsOf(scene ?? { rules: [] }).some(
      ({ violation, zoneId }) => violation === body.violation && zoneId === body.zoneId,
    );
    if (!isAsked)
      throw new AppError("BAD_INPUT", {
        reason: "该场景的规则不查找此行为或区域 / the scene's rules do not look for this act in this zone",
      });
  }
  try {
    await db.$transaction(async (tx) => {
      await tx.lookAnswer.create({ data: { sampleId, personId: person.id, answer: body.answer, ...seen } });
      await appendCustody(tx, {
        action: "sample.answered",
        subject: `sample:${sampleId}`,
        actor: { kind: "person", id: person.id, name: person.name },
        detail: { answer: body.answer, ...seen },
      });
    });
  } catch (error) {
    if (isDuplicate(error)) throw new AppError("SAMPLE_ANSWERED");
    throw error;
  }
}
