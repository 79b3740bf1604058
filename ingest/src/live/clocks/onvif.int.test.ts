import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { readNetworks } from "@mingcha/infra/streams";
import { freePort } from "@mingcha/infra/testing";
import { afterEach, describe, expect, test } from "vitest";
import { dateTimeAnswer, type OnvifDeviceOptions, startOnvifDevice } from "../../testing/onvif-device.ts";
import { compareByOnvif } from "./onvif.ts";

const devices: { stop: () => void }[] = [];
afterEach(() => {
  for (const device of devices.splice(0)) device.stop();
});
/** An address of this machine whose usual port is free to be taken here. */
const guessedHost = "127.0.0.80";
const canListenAt80 = await new Promise<boolean>((told) => {
  const server = createServer();
  server.once("error", () => told(false));
  server.listen(80, guessedHost, () => server.close(() => told(true)));
});
const login = { user: "admin", password: "p&ss<w>ord" };
interface Asking {
  readonly credentials?: typeof login | null;
  readonly networks?: string;
  readonly path?: string | null;
  readonly host?: string;
}
const compareAt = (
  port: number | null,
  { credentials = null, networks = "127.0.0.0/8", path = null, host = "127.0.0.1" }: Asking = {},
) =>
  compareByOnvif(
    {
      stream: { kind: "rtsp", url: `rtsp://${host}:554/live`, onvifEnabled: true, onvifPort: port, onvifPath: path },
      credentials,
      networks: readNetworks(networks),
      receiving: () => null,
      newerThanMs: 0,
      isAwaited: false,
    },
    new AbortController().signal,
  );
async function start(options: OnvifDeviceOptions) {
  const device = await startOnvifDevice(options);
  devices.push(device);
  return device;
}
const instead = (answer: (request: IncomingMessage, response: ServerResponse) => void) => start({ instead: answer });

describe("a device that tells its time", () => {
  test.each<[string, number, OnvifDeviceOptions, Asking]>([
    ["37 s ahead", 37_000, {}, {}],
    ["37.6 s ahead, asked by one who could sign in and need not", 37_600, {}, { credentials: login }],
    ["0.4 s behind, set by hand", -400, { setBy: "Manual" }, {}],
    ["37 s ahead, with a token", 37_000, { auth: "token" }, { credentials: login }],
    ["two hours behind, with a token dated by its own clock", -7_200_000, { auth: "token" }, { credentials: login }],
    ["37 s ahead, with Digest of HTTP", 37_000, { auth: "digest" }, { credentials: login }],
    [
      "37 s ahead, in daylight saving",
      37_000,
      { zone: "CET-1CEST,M3.5.0,M10.5.0/3", localAheadMs: 7_200_000, daylightSavings: true, tells: ["local"] },
      {},
    ],
    [
      "37 s ahead, in winter time",
      37_000,
      { zone: "EST5EDT,M3.2.0,M11.1.0", localAheadMs: -5 * 3_600_000, tells: ["local"] },
      {},
    ],
    [
      "local time only, at half an hour",
      1_200,
      { zone: "IST-5:30", localAheadMs: 5.5 * 3_600_000, tells: ["local"] },
      {},
    ],
  ])(
    "%s: the truth lies within what the comparison says of itself",
    async (_what, aheadMs, options, asking) => {
      const { port } = await start({ ...options, aheadMs });
      const compared = await compareAt(port, asking);
      if (compared.kind === "failed") throw new Error(compared.reason);
      const { offsetMs, uncertaintyMs, detail } = compared.offset;
      expect(Math.abs(offsetMs - aheadMs)).toBeLessThanOrEqual(uncertaintyMs);
      // watching the second turn makes it surer than half a second
      expect(uncertaintyMs).toBeLessThan(450);
      expect(detail).toMatchObject({
        setBy: options.setBy === "Manual" ? "manual" : "ntp",
        by: options.tells?.includes("utc") === false ? "local" : "utc",
        contradicts: false,
      });
    },
    30_000,
  );

  test("the password leaves for nobody who did not ask, and as itself for nobody", async () => {
    const open = await start({});
    await compareAt(open.port, { credentials: login });
    const token = await start({ auth: "token" });
    await compareAt(token.port, { credentials: login });
    const digest = await start({ auth: "digest" });
    await compareAt(digest.port, { credentials: login });
    expect(
      open.seen.every(({ body, authorization }) => !body.includes("Security") && authorization === undefined),
    ).toBe(true);
    expect(token.seen[0]?.body).not.toContain("Security");
    for (const { seen } of [open, token, digest]) expect(JSON.stringify(seen)).not.toMatch(/p&ss|p&amp;ss/);
  }, 30_000);

  test.runIf(canListenAt80)(
    "a port that nobody stated never gets the password, whatever it asks for; it is said what helps",
    async () => {
      const seen: string[] = [];
      const server = createServer((request, response) => {
        request.on("data", (piece: Buffer) => seen.push(piece.toString("utf8")));
        request.once("end", () => {
          seen.push(request.headers.authorization ?? "");
          response.writeHead(401, {
            "www-authenticate": 'Digest realm="onvif", nonce="n", qop="auth", algorithm=MD5',
          });
          response.end();
        });
      });
      await new Promise<void>((done) => server.listen(80, guessedHost, done));
      devices.push({ stop: () => server.close() });
      const asking = { credentials: login, host: guessedHost };
      expect(await compareAt(null, asking)).toEqual({ kind: "failed", reason: "port_not_stated" });
      expect(seen.join()).not.toMatch(/Digest|Security|admin/);
      expect(await compareAt(null, { ...asking, credentials: null })).toMatchObject({ reason: "needs_password" });
      // stated, it is signed in to
      expect(await compareAt(80, asking)).toMatchObject({ reason: "wrong_password" });
      expect(seen.join()).toMatch(/Digest/);
    },
  );

  test("its own port and path are asked", async () => {
    const device = await start({});
    await compareAt(device.port, { path: "/onvif/other" });
    expect(device.seen[0]?.path).toBe("/onvif/other");
  }, 15_000);

  test("local time that stands in the place of UTC is seen to contradict its zone", async () => {
    const device = await instead((_request, response) => {
      const local = Date.now() + 8 * 3_600_000;
      response.end(dateTimeAnswer(local, { localAheadMs: 0 }));
    });
    const compared = await compareAt(device.port);
    if (compared.kind === "failed") throw new Error(compared.reason);
    expect(compared.offset.detail?.contradicts).toBe(true);
    expect(Math.abs(compared.offset.offsetMs - 8 * 3_600_000)).toBeLessThan(2_000);
  }, 15_000);

  test("that is set while it is asked gives no comparison", async () => {
    let nth = 0;
    const device = await instead((_request, response) => response.end(dateTimeAnswer(Date.now() + 5_000 * nth++)));
    expect(await compareAt(device.port)).toEqual({ kind: "failed", reason: "unsteady" });
  }, 15_000);
});

const bomb = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "${"a".repeat(2_000)}"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;&b;</x>`;
const say =
  (text: string, status = 200) =>
  (_request: IncomingMessage, response: ServerResponse) =>
    void response.writeHead(status, { "content-type": "application/soap+xml" }).end(text);

describe("a device that does not is told with its reason", () => {
  test.each<[string, string, (request: IncomingMessage, response: ServerResponse) => void]>([
    ["a page", "not_understood", say("<html><body>sign in</body></html>")],
    ["bytes that are nothing", "not_understood", say("\u0000\u0001garbage<<<")],
    ["nothing", "not_understood", say("")],
    ["a bomb of entities", "not_understood", say(bomb)],
    ["deep nesting", "not_understood", say("<a>".repeat(10_000))],
    [
      "the thirtieth of February",
      "not_understood",
      say(
        dateTimeAnswer(0)
          .replace(/<tt:Month>1</g, "<tt:Month>2<")
          .replace(/<tt:Day>1</g, "<tt:Day>30<"),
      ),
    ],
    ["an hour that is none", "not_understood", say(dateTimeAnswer(0).replace(/<tt:Hour>\d+</g, "<tt:Hour>25<"))],
    ["no time at all", "not_understood", say(dateTimeAnswer(0, { tells: [] }))],
    ["local time without a zone", "no_zone", say(dateTimeAnswer(0, { tells: ["local"], zone: "" }))],
    [
      "local time in a zone nobody knows",
      "no_zone",
      say(dateTimeAnswer(0, { tells: ["local"], zone: "China Standard Time" })),
    ],
    [
      "a fault",
      "device_fault",
      say(
        '<e:Envelope xmlns:e="x"><e:Body><e:Fault><e:Code><e:Value>e:Receiver</e:Value></e:Code></e:Fault></e:Body></e:Envelope>',
        500,
      ),
    ],
    ["another path", "not_found", say("", 404)],
    [
      "the metadata service of a cloud",
      "redirected",
      (_request, response) =>
        void response.writeHead(307, { location: "http://169.254.169.254/latest/meta-data/" }).end(),
    ],
    [
      "no end of bytes",
      "too_large",
      (_request, response) => {
        const more = () => void (response.destroyed || response.write(Buffer.alloc(65_536, 32), more));
        more();
      },
    ],
    ["a password page", "needs_password", say("", 401)],
  ])("%s: %s", async (_what, reason, answer) => {
    const device = await instead(answer);
    expect(await compareAt(device.port)).toEqual({ kind: "failed", reason });
  });

  test("silence, drop by drop too: no_answer within its time", async () => {
    const [silent, dripping] = [
      await instead(() => {}),
      await instead((_request, response) => {
        const timer = setInterval(() => response.write(" "), 200);
        response.once("close", () => clearInterval(timer));
      }),
    ];
    expect(await Promise.all([compareAt(silent.port), compareAt(dripping.port)])).toEqual([
      { kind: "failed", reason: "no_answer" },
      { kind: "failed", reason: "no_answer" },
    ]);
  }, 20_000);

  test("a wrong password is refused by token and by Digest, once each", async () => {
    const credentials = { user: "admin", password: "wrong" };
    for (const auth of ["token", "digest"] as const) {
      const device = await start({ auth });
      expect(await compareAt(device.port, { credentials })).toEqual({ kind: "failed", reason: "wrong_password" });
      expect(device.seen.length).toBeLessThanOrEqual(3);
    }
  });

  test("a token is no use to a device that is hours off and dates none of its refusals", async () => {
    const device = await start({ auth: "token", aheadMs: 7_200_000, datesRefusals: false });
    expect(await compareAt(device.port, { credentials: login })).toEqual({ kind: "failed", reason: "wrong_password" });
  });

  test("an address outside the allowed networks, one that never is, and a name that is none are not asked", async () => {
    const device = await start({});
    expect(await compareAt(device.port, { networks: "10.0.0.0/8" })).toEqual({ kind: "failed", reason: "not_allowed" });
    expect(await compareAt(80, { networks: "0.0.0.0/0", host: "169.254.169.254" })).toMatchObject({
      reason: "not_allowed",
    });
    expect(await compareAt(80, { host: "no-such-host.invalid" })).toMatchObject({ reason: "name_unknown" });
    expect(device.seen).toEqual([]);
    expect(await compareAt(await freePort())).toEqual({ kind: "failed", reason: "unreachable" });
  });
});
