/** Sorting of a selection of files before anything is sent. */

/** What a plan needs to know of a file. `path` is the way to it inside a chosen folder. */
export interface ChosenFile {
  readonly file: File;
  readonly path: string;
}

export interface PlannedUpload extends ChosenFile {
  /** The same for a video and its flight log; undefined for a file that stands alone. */
  readonly groupId: string | undefined;
  /** Part of a flight: the video, or the log beside it. */
  readonly drone: boolean;
}

const videoEndings = ["mp4", "mov", "mkv", "avi", "m4v", "ts"];
/** Flight logs that may lie beside a video; what a file really is, the server decides by its content. */
const logEndings = ["srt", "gpx", "ulg", "klv"];
const isLog = ({ path }: ChosenFile): boolean => logEndings.includes(endingOf(path));
const isVideo = ({ path }: ChosenFile): boolean => videoEndings.includes(endingOf(path));

/**
 * A video and a log of the same base name in the same folder are one flight. Logs go first, so that the flight is whole
 * when its video arrives. Dot files and empty files are left out.
 */
export function planUploads(chosen: readonly ChosenFile[]): PlannedUpload[] {
  const usable = chosen.filter(({ file }) => file.size > 0 && !file.name.startsWith("."));
  const groups = new Map<string, ChosenFile[]>();
  for (const item of usable) groups.set(baseOf(item.path), [...(groups.get(baseOf(item.path)) ?? []), item]);
  const planned = usable.map((item) => {
    const group = groups.get(baseOf(item.path)) ?? [];
    const flight = group.some(isLog) && group.some(isVideo);
    if (flight && (isLog(item) || isVideo(item))) return { ...item, drone: true, groupId: groupIdOf(group) };
    return { ...item, drone: false, groupId: undefined };
  });
  return planned.sort((a, b) => Number(isLog(b)) - Number(isLog(a)));
}

function endingOf(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1).toLowerCase();
}

function baseOf(path: string): string {
  const dot = path.lastIndexOf(".");
  return (dot > path.lastIndexOf("/") ? path.slice(0, dot) : path).toLowerCase();
}

/** Made from the files themselves: whoever chooses them again after closing the tab continues the same flight. */
function groupIdOf(group: readonly ChosenFile[]): string {
  const facts = group.map(({ file }) => `${file.name}/${file.size}/${file.lastModified}`).sort();
  return `flight-${hash53(facts.join("|")).toString(36)}`;
}

/** A 53-bit mixing hash (cyrb53, public domain): equality within one person's uploads, not security. */
function hash53(text: string): number {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    a = Math.imul(a ^ code, 2_654_435_761);
    b = Math.imul(b ^ code, 1_597_334_677);
  }
  a = Math.imul(a ^ (a >>> 16), 2_246_822_507) ^ Math.imul(b ^ (b >>> 13), 3_266_489_909);
  b = Math.imul(b ^ (b >>> 16), 2_246_822_507) ^ Math.imul(a ^ (a >>> 13), 3_266_489_909);
  return 4_294_967_296 * (2_097_151 & b) + (a >>> 0);
}
