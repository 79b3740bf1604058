import { createHash, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { isNode, parseXml } from "../telemetry/xml.ts";

export interface OnvifDeviceOptions {
  /** Clock of the device less the machine's. */
  readonly aheadMs?: number;
  readonly auth?: "none" | "token" | "digest";
  readonly user?: string;
  readonly password?: string;
  /** POSIX zone and what local time is ahead of UTC in it. */
  readonly zone?: string;
  readonly localAheadMs?: number;
  readonly daylightSavings?: boolean;
  readonly tells?: readonly ("utc" | "local")[];
  readonly setBy?: "NTP" | "Manual";
  /** Sends the date of its clock over refusals, as most devices do. */
  readonly datesRefusals?: boolean;
  /** In place of the service. */
  readonly instead?: (request: IncomingMessage, response: ServerResponse) => void;
}

/** How far a token may be dated from the device's own clock. */
const tokenWithinMs = 5 * 60_000;
const md5 = (text: string): string => createHash("md5").update(text).digest("hex");

/** The device service of ONVIF as far as time goes, on loopback: SOAP 1.2, UsernameToken with digest, nonce and time checked, or Digest of HTTP. */
export async function startOnvifDevice(options: OnvifDeviceOptions = {}) {
  const { aheadMs = 0, auth = "none", user = "admin", password = "p&ss<w>ord" } = options;
  const seen: { authorization: string | undefined; body: string; path: string | undefined }[] = [];
  let asked = 0;
  const nonces = new Set<string>();
  const httpNonce = randomBytes(8).toString("hex");
  const now = () => Date.now() + aheadMs;

  const tokenFits = (body: string): boolean => {
    const envelope = child(parseXml(body), "Envelope");
    const token = child(child(child(envelope, "Header"), "Security"), "UsernameToken");
    const [nonce, created, digest] = [textOf(token?.Nonce), textOf(token?.Created), textOf(token?.Password)];
    const own = createHash("sha1")
      .update(Buffer.from(nonce, "base64"))
      .update(created)
      .update(password)
      .digest("base64");
    const isFresh = !nonces.has(nonce) && Math.abs(Date.parse(created) - now()) < tokenWithinMs;
    nonces.add(nonce);
    return textOf(token?.Username) === user && digest === own && isFresh;
  };
  const digestFits = (request: IncomingMessage): boolean => {
    const header = request.headers.authorization ?? "";
    const field = (name: string) => new RegExp(`[ ,]${name}="?([^",]+)`).exec(header)?.[1];
    const a2 = md5(`POST:${request.url}`);
    const own = md5(`${md5(`${user}:onvif:${password}`)}:${httpNonce}:${field("nc")}:${field("cnonce")}:auth:${a2}`);
    return field("response") === own;
  };
  const send = (response: ServerResponse, status: number, body: string, headers: Record<string, string> = {}): void => {
    response.sendDate = false;
    response.writeHead(status, { "content-type": "application/soap+xml; charset=utf-8", ...headers }).end(body);
  };

  const server = createServer((request, response) => {
    asked += 1;
    if (options.instead !== undefined) {
      options.instead(request, response);
      return;
    }
    const pieces: Buffer[] = [];
    request.on("data", (piece: Buffer) => pieces.push(piece));
    request.on("end", () => {
      const body = Buffer.concat(pieces).toString("utf8");
      seen.push({ authorization: request.headers.authorization, body, path: request.url });
      const date = options.datesRefusals === false ? {} : { date: new Date(now()).toUTCString() };
      if (request.method !== "POST" || !body.includes("GetSystemDateAndTime")) send(response, 400, "");
      else if (auth === "token" && !tokenFits(body)) send(response, 400, notAuthorized, date);
      else if (auth === "digest" && !digestFits(request))
        send(response, 401, "", {
          ...date,
          "www-authenticate": `Digest realm="onvif", nonce="${httpNonce}", qop="auth", algorithm=MD5`,
        });
      else send(response, 200, dateTimeAnswer(now(), options));
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    port: (server.address() as AddressInfo).port,
    seen,
    asked: () => asked,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Whole seconds, the fraction cut off. */
export function dateTimeAnswer(
  atMs: number,
  {
    zone = "CST-8",
    localAheadMs = 8 * 3_600_000,
    daylightSavings = false,
    tells = ["utc", "local"],
    setBy = "NTP",
  }: OnvifDeviceOptions = {},
): string {
  const part = (name: string, ms: number): string => {
    const at = new Date(ms);
    return `<tt:${name}><tt:Time><tt:Hour>${at.getUTCHours()}</tt:Hour><tt:Minute>${at.getUTCMinutes()}</tt:Minute><tt:Second>${at.getUTCSeconds()}</tt:Second></tt:Time><tt:Date><tt:Year>${at.getUTCFullYear()}</tt:Year><tt:Month>${at.getUTCMonth() + 1}</tt:Month><tt:Day>${at.getUTCDate()}</tt:Day></tt:Date></tt:${name}>`;
  };
  return `<?xml version="1.0" encoding="UTF-8"?>
<env:Envelope xmlns:env="http://www.w3.org/2003/05/soap-envelope" xmlns:tds="http://www.onvif.org/ver10/device/wsdl" xmlns:tt="http://www.onvif.org/ver10/schema"><env:Body><tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime><tt:DateTimeType>${setBy}</tt:DateTimeType><tt:DaylightSavings>${daylightSavings}</tt:DaylightSavings>${zone === "" ? "" : `<tt:TimeZone><tt:TZ>${zone}</tt:TZ></tt:TimeZone>`}${tells.includes("utc") ? part("UTCDateTime", atMs) : ""}${tells.includes("local") ? part("LocalDateTime", atMs + localAheadMs) : ""}</tds:SystemDateAndTime></tds:GetSystemDateAndTimeResponse></env:Body></env:Envelope>`;
}

/** Fault as ONVIF Core Specification §5.11.2 has it. */
const notAuthorized = `<?xml version="1.0" encoding="UTF-8"?><env:Envelope xmlns:env="http://www.w3.org/2003/05/soap-envelope" xmlns:ter="http://www.onvif.org/ver10/error"><env:Body><env:Fault><env:Code><env:Value>env:Sender</env:Value><env:Subcode><env:Value>ter:NotAuthorized</env:Value></env:Subcode></env:Code><env:Reason><env:Text xml:lang="en">Sender not Authorized</env:Text></env:Reason></env:Fault></env:Body></env:Envelope>`;

const child = (node: unknown, name: string): Record<string, unknown> | undefined => {
  const found = isNode(node) ? node[name] : undefined;
  return isNode(found) ? found : undefined;
};
/** An element with attributes is read as an object whose text has a name of its own. */
const textOf = (value: unknown): string => {
  const text = isNode(value) ? value["#text"] : value;
  return (typeof text === "string" ? text : "").replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
};
