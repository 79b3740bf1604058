import { appendCustody } from "@mingcha/infra/custody";
import { type BucketSettings, type Issued, issueCredentials, type UploadCredentials } from "@mingcha/infra/dock";
import { type Answer, credentialLeastS, dockLimits } from "@mingcha/models/dock";
import { machine } from "../../intake/intake-deps.ts";
import { isOutage } from "../../intake/is-outage.ts";
import type { DockDeps } from "../dock-deps.ts";
import type { Asked } from "../known-dock.ts";
import { within } from "../within.ts";

/**
 * Temporary credentials for the dock's own prefix. That they were issued is written down before they leave; the secret never is. A dock that asks
 * again soon gets the same ones, with what is left of their hour.
 */
export async function issueStorage(deps: DockDeps, { dock }: Asked): Promise<Answer> {
  const { db, settings, issued: kept, now, log } = deps;
  const { sn } = dock;
  const before = kept.get(sn);
  if (settings !== null && before !== undefined && leftS(before, now()) >= credentialLeastS)
    return answer(settings, before, now());
  const issued = await issue(deps, sn);
  if (issued.kind === "refused" || settings === null) {
    const reason = issued.kind === "refused" ? issued.reason : "no_server";
    await db.dockStanding.updateMany({ where: { sn }, data: { credentialsReason: reason } });
    log.warn({ sn, reason }, "a dock got no credentials");
    return { result: "no_storage" };
  }
  const { accessKeyId, prefix, issuedAt, expiresAt } = issued;
  await db.$transaction(async (tx) => {
    await tx.dockCredential.create({
      data: { sn, bucket: settings.bucket, prefix, accessKeyId, issuedAt, expiresAt },
    });
    await tx.dockStanding.updateMany({
      where: { sn },
      data: { credentialsAt: issuedAt, credentialsUntil: expiresAt, credentialsReason: null },
    });
    await appendCustody(tx, {
      action: "dock.credentials_issued",
      subject: `dock:${sn}`,
      actor: machine,
      detail: { bucket: settings.bucket, prefix, expiresAt: expiresAt.toISOString() },
    });
  });
  kept.set(sn, issued);
  return answer(settings, issued, now());
}

const leftS = ({ expiresAt }: UploadCredentials, now: Date): number =>
  Math.floor((expiresAt.getTime() - now.getTime()) / 1_000);

function answer(settings: BucketSettings, issued: UploadCredentials, now: Date): Answer {
  return {
    result: "ok",
    output: {
      bucket: settings.bucket,
      endpoint: settings.publicEndpoint,
      region: settings.region,
      provider: settings.provider,
      // DJI's docks put a slash of their own behind it
      object_key_prefix: issued.prefix.replace(/\/$/, ""),
      credentials: {
        access_key_id: issued.accessKeyId,
        access_key_secret: issued.secretKey,
        security_token: issued.sessionToken,
        expire: leftS(issued, now),
      },
    },
  };
}

async function issue({ settings, bucket, now, log }: DockDeps, sn: string): Promise<Issued> {
  const unreachable = { kind: "refused", reason: "unreachable" } as const;
  try {
    if (bucket !== null && (await within(dockLimits.askStoreMs, bucket.ensure())) === "late") return unreachable;
  } catch (error) {
    log.warn({ err: error }, "the upload bucket is not there");
    return isOutage(error) ? unreachable : { kind: "refused", reason: "no_bucket" };
  }
  const issued = await within(dockLimits.askStoreMs, issueCredentials(settings, sn, now()));
  return issued === "late" ? unreachable : issued;
}
