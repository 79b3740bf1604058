import { appendCustody } from "@mingcha/infra/custody";
import { type Issued, issueCredentials } from "@mingcha/infra/dock";
import { type Answer, credentialS } from "@mingcha/models/dock";
import { machine } from "../../intake/intake-deps.ts";
import { isOutage } from "../../intake/is-outage.ts";
import type { DockDeps } from "../dock-deps.ts";
import type { Asked } from "../known-dock.ts";

/** Temporary credentials for the dock's own prefix. That they were issued is written down before they leave; the secret never is. */
export async function issueStorage(deps: DockDeps, { dock }: Asked): Promise<Answer> {
  const { db, settings, log } = deps;
  const { sn } = dock;
  const issued = await issue(deps, sn);
  if (issued.kind === "refused" || settings === null) {
    const reason = issued.kind === "refused" ? issued.reason : "no_server";
    await db.dockStanding.updateMany({ where: { sn }, data: { credentialsReason: reason } });
    log.warn({ sn, reason }, "a dock got no credentials");
    return { result: "no_storage" };
  }
  const { accessKeyId, secretKey, sessionToken, prefix, issuedAt, expiresAt } = issued;
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
  return {
    result: "ok",
    output: {
      bucket: settings.bucket,
      endpoint: settings.publicEndpoint,
      region: settings.region,
      provider: settings.provider,
      // DJI's docks put a slash of their own behind it
      object_key_prefix: prefix.replace(/\/$/, ""),
      credentials: {
        access_key_id: accessKeyId,
        access_key_secret: secretKey,
        security_token: sessionToken,
        expire: credentialS,
      },
    },
  };
}

async function issue({ settings, bucket, now, log }: DockDeps, sn: string): Promise<Issued> {
  try {
    await bucket?.ensure();
  } catch (error) {
    log.warn({ err: error }, "the upload bucket is not there");
    return { kind: "refused", reason: isOutage(error) ? "unreachable" : "no_bucket" };
  }
  return issueCredentials(settings, sn, now());
}
