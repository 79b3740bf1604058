import {
  type CredentialReason,
  credentialS,
  credentialSkewS,
  keyRoot,
  prefixOf,
  uploadPolicy,
} from "@mingcha/models/dock";
import { AssumeRoleProvider } from "minio/dist/esm/AssumeRoleProvider.mjs";
import { agentOf, type BucketSettings, s3Client } from "./upload-bucket.ts";

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
    transportAgent: agentOf(settings),
    policy: JSON.stringify(uploadPolicy(settings.bucket, sn)),
  });
  try {
    const credentials = await provider.getCredentials();
    const sessionToken = credentials.getSessionToken();
    // without a token they would be lasting ones
    if (!sessionToken || credentials.getAccessKey() === settings.accessKey)
      return { kind: "refused", reason: "no_sts" };
    // private in the client's types; nothing else tells when the server ends them
    const expiresAt = new Date((provider as unknown as { accessExpiresAt: string }).accessExpiresAt);
    const leftMs = expiresAt.getTime() - now.getTime();
    if (!(leftMs > 0 && leftMs <= (credentialS + credentialSkewS) * 1_000))
      return { kind: "refused", reason: "too_long" };
    const session = { accessKey: credentials.getAccessKey(), secretKey: credentials.getSecretKey(), sessionToken };
    if (!(await isNarrow(settings, session, sn))) return { kind: "refused", reason: "not_narrow" };
    return {
      kind: "issued",
      accessKeyId: session.accessKey,
      secretKey: session.secretKey,
      sessionToken,
      prefix: prefixOf(sn),
      issuedAt: now,
      expiresAt,
    };
  } catch (error) {
    return { kind: "refused", reason: isUnreachable(error) ? "unreachable" : "no_sts" };
  }
}

type Session = NonNullable<Parameters<typeof s3Client>[1]>;

/**
 * Not every server that answers AssumeRole heeds the policy that comes with it: to list, to read what the dock itself put and to put anywhere else is
 * tried before anything is handed out.
 */
async function isNarrow(settings: BucketSettings, session: Session, sn: string): Promise<boolean> {
  const { bucket } = settings;
  const client = s3Client(settings, session);
  const elsewhere = `${keyRoot}-probe/${sn}`;
  if (!(await isDenied(() => client.listObjectsV2(bucket, "", true)[Symbol.asyncIterator]().next()))) return false;
  if (!(await isDenied(async () => (await client.getObject(bucket, `${prefixOf(sn)}probe`)).destroy()))) return false;
  if (await isDenied(() => client.putObject(bucket, elsewhere, "probe"))) return true;
  await s3Client(settings).removeObject(bucket, elsewhere);
  return false;
}

async function isDenied(action: () => Promise<unknown>): Promise<boolean> {
  try {
    await action();
    return false;
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === "AccessDenied") return true;
    // it was let in far enough to be told that there is nothing
    if (code === "NoSuchKey" || code === "NotFound") return false;
    throw error;
  }
}

function isUnreachable(error: unknown): boolean {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause)
    if (
      /ECONNREFUSED|ENOTFOUND|ETIMEDOUT|EHOSTUNREACH|ECONNRESET|EPIPE|socket hang up/.test(
        `${(cause as { code?: string }).code} ${cause.message}`,
      )
    )
      return true;
  return false;
}
