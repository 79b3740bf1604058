import { appendCustody } from "@mingcha/infra/custody";
import { isDuplicate, type StreamModel } from "@mingcha/infra/db";
import { reachHost, readNetworks, readSecretKey, sealSecret } from "@mingcha/infra/streams";
import { AppError } from "@mingcha/models";
import type { streamBodySchema } from "@mingcha/models/http";
import { readStreamAddress, streamReasons } from "@mingcha/models/streams";
import type { z } from "zod";
import type { Deps } from "../deps.ts";
import type { SignedIn } from "../people/sessions.ts";

type Body = z.output<typeof streamBodySchema>;
const refuse = (zh: string, en: string) => new AppError("BAD_INPUT", { reason: `${zh} / ${en}` });

/**
 * Says how a live source is reached. A password is kept for the host, port and user it was given for: with another of these it has to be given
 * again, so that nobody who may change an address can have it sent elsewhere.
 */
export async function setStream(deps: Deps, sourceId: string, body: Body, person: SignedIn): Promise<void> {
  const { db, environment } = deps;
  const source = await db.source.findUnique({ where: { id: sourceId }, select: { id: true } });
  if (source === null) throw new AppError("NOT_FOUND", {}, { detail: `source ${sourceId}` });
  const read = readStreamAddress(body.kind, body.url);
  if (read.kind === "refused") throw refuse(read.zh, read.en);
  const { address } = read;
  const reach = await reachHost(address.host, readNetworks(environment.MINGCHA_STREAM_NETWORKS));
  if (reach.kind === "not_allowed") throw refuse(streamReasons.not_allowed.zh, streamReasons.not_allowed.en);

  const before = await db.stream.findUnique({ where: { sourceId } });
  if ((before?.version ?? 0) !== body.version) throw new AppError("STALE");
  const userName = address.user ?? body.userName ?? null;
  const onvif = {
    onvifEnabled: body.onvif?.enabled ?? before?.onvifEnabled ?? true,
    onvifPort: body.onvif === undefined ? (before?.onvifPort ?? null) : body.onvif.port,
    onvifPath: body.onvif === undefined ? (before?.onvifPath ?? null) : body.onvif.path,
  };
  const given = address.password ?? body.password;
  const passwordBox =
    given === undefined
      ? keptBox(before, { url: address.url, userName, onvifPort: onvif.onvifPort })
      : given === null
        ? null
        : seal(deps, sourceId, given);
  const { kind, policy, clipS, enabled } = body;
  const data = {
    kind,
    url: address.url,
    userName,
    passwordBox,
    policy,
    clipS,
    enabled,
    ...onvif,
    updatedBy: person.id,
  };
  await db.$transaction(async (tx) => {
    if (before === null) {
      await tx.stream.create({ data: { sourceId, ...data } }).catch((error: unknown) => {
        throw isDuplicate(error) ? new AppError("STALE") : error;
      });
    } else {
      const { count } = await tx.stream.updateMany({
        where: { sourceId, version: body.version },
        data: { ...data, version: { increment: 1 } },
      });
      if (count === 0) throw new AppError("STALE");
    }
    await appendCustody(tx, {
      action: "stream.changed",
      subject: `source:${sourceId}`,
      actor: { kind: "person", id: person.id, name: person.name },
      // where pictures come from is evidence; what opens the device is not
      detail: { kind, url: address.url, policy, clipS, enabled, ...onvif, passwordChanged: given !== undefined },
    });
  });
}

function keptBox(
  before: StreamModel | null,
  now: { readonly url: string; readonly userName: string | null; readonly onvifPort: number | null },
): string | null {
  if (before === null || before.passwordBox === null) return null;
  const isSame =
    new URL(before.url).host === new URL(now.url).host &&
    before.userName === now.userName &&
    before.onvifPort === now.onvifPort;
  if (isSame) return before.passwordBox;
  throw refuse(
    "主机、用户名或 ONVIF 端口已变更，须重新输入密码",
    "host, user name or ONVIF port is another; the password has to be given again",
  );
}

function seal({ environment }: Pick<Deps, "environment">, sourceId: string, password: string): string {
  if (environment.MINGCHA_SECRET_KEY === undefined)
    throw refuse(
      "未配置 MINGCHA_SECRET_KEY，不能保存密码",
      "MINGCHA_SECRET_KEY is not set, so no password can be kept",
    );
  return sealSecret(readSecretKey(environment.MINGCHA_SECRET_KEY), sourceId, password);
}
