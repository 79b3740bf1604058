import { createHash, randomBytes } from "node:crypto";

export interface Challenge {
  readonly scheme: "digest" | "basic";
  readonly realm: string;
  readonly nonce: string;
  readonly qop: boolean;
  readonly opaque: string | null;
}

/** Reads what a device asks for to sign in (RFC 2617): Digest with MD5 where offered, else Basic. Null: nothing we can answer. */
export function readChallenge(header: string): Challenge | null {
  const digest = /Digest\s+((?:[\w-]+\s*=\s*(?:"[^"]*"|[^\s,"]+)\s*,?\s*)+)/i.exec(header)?.[1];
  if (digest !== undefined) {
    const field = (name: string): string | null =>
      new RegExp(`(?:^|[\\s,])${name}\\s*=\\s*(?:"([^"]*)"|([^\\s,"]+))`, "i").exec(digest)?.slice(1).find(Boolean) ??
      null;
    const algorithm = field("algorithm");
    const nonce = field("nonce");
    if (nonce !== null && (algorithm === null || /^md5$/i.test(algorithm)))
      return {
        scheme: "digest",
        realm: field("realm") ?? "",
        nonce,
        qop: /(^|[\s,])auth([\s,]|$)/i.test(field("qop") ?? ""),
        opaque: field("opaque"),
      };
  }
  const basic = /Basic\s+realm\s*=\s*"([^"]*)"/i.exec(header);
  return basic === null ? null : { scheme: "basic", realm: basic[1] ?? "", nonce: "", qop: false, opaque: null };
}

const md5 = (text: string): string => createHash("md5").update(text, "utf8").digest("hex");

/** Value of `Authorization` for one request. `count` grows with every request under the same challenge. */
export function signRequest(
  challenge: Challenge,
  who: { readonly user: string; readonly password: string },
  request: { readonly method: string; readonly uri: string },
  count = 1,
  cnonce = randomBytes(8).toString("hex"),
): string {
  const { user, password } = who;
  if (challenge.scheme === "basic") return `Basic ${Buffer.from(`${user}:${password}`, "utf8").toString("base64")}`;
  const a1 = md5(`${user}:${challenge.realm}:${password}`);
  const a2 = md5(`${request.method}:${request.uri}`);
  const nc = count.toString(16).padStart(8, "0");
  const response = challenge.qop
    ? md5(`${a1}:${challenge.nonce}:${nc}:${cnonce}:auth:${a2}`)
    : md5(`${a1}:${challenge.nonce}:${a2}`);
  const parts = [
    `username="${user}"`,
    `realm="${challenge.realm}"`,
    `nonce="${challenge.nonce}"`,
    `uri="${request.uri}"`,
    `response="${response}"`,
    ...(challenge.opaque === null ? [] : [`opaque="${challenge.opaque}"`]),
    ...(challenge.qop ? ["qop=auth", `nc=${nc}`, `cnonce="${cnonce}"`] : []),
  ];
  return `Digest ${parts.join(", ")}`;
}
