/** One numbered block of a subtitle file. Times in milliseconds; null where the block has no cue line. */
export interface Cue {
  readonly startMs: number | null;
  readonly text: string;
}

const cueLine = /^(\d{1,3}):(\d{2}):(\d{2})[,.](\d{1,3})\s*-->/;
const counterLine = /^\d{1,9}$/;

/**
 * Splits a subtitle file into its blocks, in one pass over its lines. A block begins at a cue line, or at a counter that follows an
 * empty line (a dialect without cue lines exists). Bad cue times leave a block without time rather than without content.
 */
export function splitCues(content: string): Cue[] {
  const cues: Cue[] = [];
  let startMs: number | null = null;
  let lines: string[] = [];
  let isAfterGap = true;
  const flush = (): void => {
    if (lines.length > 0) cues.push({ startMs, text: lines.join("\n") });
    startMs = null;
    lines = [];
  };
  for (const raw of content.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/)) {
    const line = raw.trim();
    if (line === "") {
      isAfterGap = true;
      continue;
    }
    if (isAfterGap && counterLine.test(line)) flush();
    else if (line.includes("-->")) {
      // The counter line before a cue that no empty line announced belongs to this cue.
      if (lines.length > 0 && counterLine.test(lines.at(-1) ?? "")) lines.pop();
      flush();
      const match = cueLine.exec(line);
      startMs = match ? cueMs(match) : null;
    } else lines.push(line);
    isAfterGap = false;
  }
  flush();
  return cues;
}

function cueMs([, hours, minutes, seconds, fraction = "0"]: RegExpExecArray): number {
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(fraction.padEnd(3, "0"));
}
