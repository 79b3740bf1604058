import type { DroneFix } from "../page/clips/clip.ts";

const pad = (v: number, n = 2): string => String(v).padStart(n, "0");

function subtitleTime(ms: number): string {
  return `${pad(Math.floor(ms / 3_600_000))}:${pad(Math.floor(ms / 60_000) % 60)}:${pad(Math.floor(ms / 1000) % 60)},${pad(ms % 1000, 3)}`;
}

/** The aircraft's subtitle file, current dialect: one entry per frame, local time of the controller without a zone. */
export function djiSubtitles(fixes: readonly DroneFix[], startedAt: string, framesPerS: number): string {
  const stepMs = 1000 / framesPerS;
  const [day = "", clock = ""] = startedAt.slice(0, 23).split("T");
  const midnightMs = Date.parse(`${day}T00:00:00.000Z`);
  const startMs = Date.parse(`${day}T${clock}Z`) - midnightMs;
  return fixes
    .map((fix, i) => {
      const fromMs = Math.round(i * stepMs);
      const wall = new Date(midnightMs + startMs + fromMs).toISOString().replace("T", " ").replace("Z", "");
      return [
        i + 1,
        `${subtitleTime(fromMs)} --> ${subtitleTime(Math.round((i + 1) * stepMs))}`,
        `<font size="28">FrameCnt: ${i + 1}, DiffTime: ${Math.round(stepMs)}ms`,
        wall,
        `[iso: 110] [shutter: 1/640.0] [fnum: 2.8] [ev: 0] [color_md: default] [focal_len: 24.00] [dzoom_ratio: 1.00], [latitude: ${fix.latitude.toFixed(6)}] [longitude: ${fix.longitude.toFixed(6)}] [rel_alt: ${fix.relAltM.toFixed(3)} abs_alt: ${(fix.relAltM + 4.2).toFixed(3)}] [gb_yaw: ${fix.yawDeg.toFixed(1)} gb_pitch: ${fix.pitchDeg.toFixed(1)} gb_roll: 0.0] [ct: 5450] </font>`,
        "",
      ].join("\n");
    })
    .join("\n");
}
