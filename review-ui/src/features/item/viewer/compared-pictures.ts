import type { ClueDetail, EvidenceView } from "@mingcha/models/http";
import { coverView, type Size, type Viewport, wholePicture } from "../../../components/stage/viewport.ts";

type Box = readonly [number, number, number, number];

/**
 * Pictures to see side by side: the widest view, the closest, and before, during (of many the middle one), after in the order of time. One of each
 * kind there is, so that five at most stand together; without a story of its own the whole views take its place.
 */
export function comparedPictures(pictures: readonly EvidenceView[]): EvidenceView[] {
  const byTime = [...pictures].sort((a, b) => a.capturedAt.localeCompare(b.capturedAt));
  const of = (kind: EvidenceView["kind"]) => byTime.filter((item) => item.kind === kind);
  const middle = (items: EvidenceView[]) => items[Math.floor((items.length - 1) / 2)];
  const story = [of("before")[0], middle(of("during")), of("after").at(-1)];
  const found = [of("wide")[0], of("close")[0], ...story].filter((item) => item !== undefined);
  if (found.length >= 2) return found;
  return byTime.length <= 3 ? byTime : [byTime[0], middle(byTime), byTime.at(-1)].filter((item) => item !== undefined);
}

/** Columns and rows of equal panes, so that all pictures stand at one scale. */
export function paneGrid(total: number): { columns: number; rows: number } {
  const columns = total <= 3 ? Math.max(1, total) : total === 4 ? 2 : 3;
  return { columns, rows: Math.ceil(total / columns) };
}

/** Panes are small: they open filled, around the flag. On a phone they stand one above the other. */
export function compareView(clue: ClueDetail, compared: readonly EvidenceView[], stage: Size): Viewport {
  const [first] = compared;
  if (first === undefined || window.innerWidth <= 860) return wholePicture;
  const { columns, rows } = paneGrid(compared.length);
  const [x, y, width, height] = clue.flag.boxNorm;
  const pane = { width: stage.width / columns, height: stage.height / rows };
  return coverView(x + width / 2, y + height / 2, pane, first.widthPx / first.heightPx);
}

/** A box of the frame in shares of a part that was cut out of it. */
export function boxInCrop([x, y, width, height]: Box, crop: Box | null): [number, number, number, number] {
  if (crop === null) return [x, y, width, height];
  return [(x - crop[0]) / crop[2], (y - crop[1]) / crop[3], width / crop[2], height / crop[3]];
}

/** Seconds between the first and the last of some pictures. */
export function spanOfPicturesS(pictures: readonly EvidenceView[]): number {
  const times = pictures.map((item) => Date.parse(item.capturedAt));
  return times.length === 0 ? 0 : (Math.max(...times) - Math.min(...times)) / 1000;
}
