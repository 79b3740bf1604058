import { type CredentialReason, credentialS, prefixOf, uploadPolicy } from "@mingcha/models/dock";
import { AssumeRoleProvider } from "minio/dist/esm/AssumeRoleProvider.mjs";
import { type BucketSettings, s3Client } from "./upload-bucket.ts";

export interface UploadCredentials {
  readonly kind: "issued";
  readonly accessKeyId: string;
  readonly secretKey: string;
  readonly sessionToken: string;
  readonly prefix: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

export type Issued = UploadCredentials | { readonly kind: "refused"; readonly reason: CredentialReason };

/**
 * Asks the server (STS AssumeRole) for credentials that put objects below one dock's prefix for an hour and do nothing else. Our own key is
 * never handed out: a server that issues none is a refusal.
 */
export async function issueCredentials(settings: BucketSettings | null, sn: string, now: Date): Promise<Issued> {
  if (settings === null) return { kind: "refused", reason: "no_server" };
  const provider = new AssumeRoleProvider({
    stsEndpoint: settings.endpoint,
    accessKey: settings.accessKey,
    secretKey: settings.secretKey,
    durationSeconds: credentialS,
    region: settings.region,
    roleSessionName: `dock-${sn}`,
    policy: JSON.stringify(uploadPolicy(settings.bucket, sn)),
  });
  try {
    const credentials = await provider.getCredentials();
    const sessionToken = credentials.getSessionToken();
    // without a token they would be lasting ones
    if (!sessionToken || credentials.getAccessKey() === settings.accessKey)
      return { kind: "refused", reason: "no_sts" };
    const session = { accessKey: credentials.getAccessKey(), secretKey: credentials.getSecretKey(), sessionToken };
    if (!(await isNarrow(settings, session))) return { kind: "refused", reason: "not_narrow" };
    return {
      kind: "issued",
      accessKeyId: session.accessKey,
      secretKey: session.secretKey,
      sessionToken,
      prefix: prefixOf(sn),
      issuedAt: now,
      expiresAt: new Date(now.getTime() + credentialS * 1_000),
    };
  } catch (error) {
    return { kind: "refused", reason: isUnreachable(error) ? "unreachable" : "no_sts" };
  }
}

/** Not every server that answers AssumeRole heeds the policy that comes with it: tried before anything is handed out. */
async function isNarrow(settings: BucketSettings, session: Parameters<typeof s3Client>[1]): Promise<boolean> {
  try {
    for await (const _ of s3Client(settings, session).listObjectsV2(settings.bucket, "", true)) return false;
    return false;
  } catch (error) {
    if ((error as { code?: string }).code === "AccessDenied") return true;
    throw error;
  }
}

function isUnreachable(error: unknown): boolean {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause)
    if (
      /ECONNREFUSED|ENOTFOUND|ETIMEDOUT|EHOSTUNREACH|ECONNRESET|socket hang up/.test(
        `${(cause as { code?: string }).code} ${cause.message}`,
      )
    )
      return true;
  return false;
}
