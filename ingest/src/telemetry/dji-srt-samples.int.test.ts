import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readDjiSrt } from "./dji-srt.ts";

const repoRoot = fileURLToPath(new URL("../../../", import.meta.url));
const folder = join(resolve(repoRoot, process.env.MINGCHA_TEST_DATA ?? "../shared/data"), "drone", "srt");
const isHere = existsSync(folder);
/** Eight megabytes of text on a machine that may be busy. */
const limitMs = 30_000;
if (!isHere) console.log(`real DJI subtitles are not read: there is no ${folder} (MINGCHA_TEST_DATA)`);

/** File → dialect, entries, first position or why there is none (ingest note §8). */
const expected: Record<string, [format: string, entries: number, first: [lon: number, lat: number] | string]> = {
  "MAVIC3.srt": ["D", 12_318, [-3.3744, 3.41531]],
  "air2s.srt": ["C", 17, [2.234156, 41.424724]],
  "mavic_air2.srt": ["C", 25, [2.162162, 41.420684]],
  "m2zoom.SRT": ["C′", 7_113, [74.398751, 31.452012]],
  "mavic_2pro_new.SRT": ["C′", 8_952, [-60.286702, -35.080155]],
  "mavic_pro.SRT": ["A", 468, [149.0251, -20.2533]],
  "old_format.SRT": ["A", 468, [149.0251, -20.2533]],
  "mavic_mini.SRT": ["B", 117, [-121.7458, 48.0771]],
  "mix_p4rtk_mavic2pro.srt": ["B+C′", 12, [-59.409424, -34.6502]],
  "matrice_300.srt": ["A′", 381, "open"],
  "p4_rtk.SRT": ["B", 55, "open"],
  "p4p_sample.SRT": ["B", 5, "open"],
  "mavic_pro_buggy.SRT": ["A", 530, "open"],
  "broken_incomplete.SRT": ["A", 19, "open"],
  "broken_incomplete2.SRT": ["C′+C", 6, [-57.823395, -34.86995]],
  "mavic_air.SRT": ["C", 2, "none"],
  "callmarcus_neo2_nogps.SRT": ["D", 6, "no fix"],
  "callmarcus_Avata360.SRT": ["E", 5, [6.460739, 53.36508]],
  "callmarcus_air3S.SRT": ["D", 5, [-84.17616, 34.270373]],
};

test.runIf(isHere)("real files of about twelve aircraft, whole and broken", { timeout: limitMs }, () => {
  const rows = readdirSync(folder)
    .filter((name) => /\.srt$/i.test(name))
    .map((name) => {
      const telemetry = readDjiSrt(readFileSync(join(folder, name), "utf8"));
      if (telemetry.kind === "refused")
        return { name, format: "refused", entries: 0, first: "-", date: telemetry.detail };
      const place = telemetry.entries[0];
      const date = telemetry.entries.find(({ localTime }) => localTime)?.localTime;
      const first =
        typeof place?.longitude === "number"
          ? `${place.longitude}, ${place.latitude}`
          : telemetry.axisOrder.kind === "named"
            ? "no fix"
            : telemetry.axisOrder.kind;
      return {
        name,
        format: telemetry.format.replace("dji-srt/", ""),
        entries: telemetry.entries.length,
        first,
        date: date ? `${date.year}-${date.month}-${date.day} ${date.hour}:${date.minute}:${date.second}` : "none",
      };
    });
  console.table(rows);
  const byName = new Map(rows.map((row) => [row.name, row]));
  for (const [name, [format, entries, first]] of Object.entries(expected)) {
    expect(byName.get(name), name).toMatchObject({
      format,
      entries,
      first: typeof first === "string" ? first : first.join(", "),
    });
  }
  expect(byName.get("broken_empty2.SRT")?.format).toBe("refused");
  for (const name of ["p4_rtk.SRT", "mavic_mini.SRT", "p4p_sample.SRT"]) expect(byName.get(name)?.date).toBe("none");
});

test.runIf(isHere)("west of 90° E the bureau's place settles the order of axes", () => {
  const read = (name: string, longitude: number, latitude: number) => {
    const near = { longitude, latitude, withinKm: 150 };
    const telemetry = readDjiSrt(readFileSync(join(folder, name), "utf8"), { near });
    return telemetry.kind === "ok" ? [telemetry.entries[0]?.longitude, telemetry.entries[0]?.latitude] : [];
  };
  expect(read("matrice_300.srt", -6, 36.7)).toEqual([-6.112, 36.6146]);
  expect(read("p4_rtk.SRT", -58.9, -34.2)).toEqual([-58.851745, -34.237922]);
});

test.runIf(isHere)("12,318 entries are read in well under a second", { timeout: limitMs }, () => {
  const text = readFileSync(join(folder, "MAVIC3.srt"), "utf8");
  const times = [1, 2, 3].map(() => {
    const before = performance.now();
    readDjiSrt(text);
    return performance.now() - before;
  });
  expect(Math.min(...times)).toBeLessThan(800);
});
