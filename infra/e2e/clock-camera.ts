import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findMediaTools } from "../src/media/index.ts";

/**
 * A camera on loopback as they are sold: pictures and an ONVIF device service behind one port. Its clock is what `now` says, whole seconds.
 * Pictures differ, since the same bytes again would be the same clip.
 */
export async function startClockCamera(
  now: () => number,
): Promise<{ readonly url: string; readonly stop: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), "mingcha-clock-camera-"));
  const { ffmpeg } = await findMediaTools();
  const film = ["-f", "lavfi", "-i", "testsrc2=size=640x360:rate=10:duration=6"];
  execFileSync(ffmpeg.path, ["-v", "error", ...film, join(folder, "%03d.jpg")]);
  const pictures = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
  let given = 0;
  const server = createServer((request, response) => {
    const at = new Date(now());
    response.sendDate = false;
    response.setHeader("date", at.toUTCString());
    request.resume();
    if (request.url === "/picture") response.end(pictures[given++ % pictures.length]);
    else response.setHeader("content-type", "application/soap+xml; charset=utf-8").end(answerOf(at));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/picture`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

const answerOf = (at: Date): string =>
  `<?xml version="1.0" encoding="UTF-8"?><env:Envelope xmlns:env="http://www.w3.org/2003/05/soap-envelope" xmlns:tds="http://www.onvif.org/ver10/device/wsdl" xmlns:tt="http://www.onvif.org/ver10/schema"><env:Body><tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime><tt:DateTimeType>Manual</tt:DateTimeType><tt:DaylightSavings>false</tt:DaylightSavings><tt:TimeZone><tt:TZ>CST-8</tt:TZ></tt:TimeZone><tt:UTCDateTime><tt:Time><tt:Hour>${at.getUTCHours()}</tt:Hour><tt:Minute>${at.getUTCMinutes()}</tt:Minute><tt:Second>${at.getUTCSeconds()}</tt:Second></tt:Time><tt:Date><tt:Year>${at.getUTCFullYear()}</tt:Year><tt:Month>${at.getUTCMonth() + 1}</tt:Month><tt:Day>${at.getUTCDate()}</tt:Day></tt:Date></tt:UTCDateTime></tds:SystemDateAndTime></tds:GetSystemDateAndTimeResponse></env:Body></env:Envelope>`;
