import type { ClueDetail, EvidenceView } from "@mingcha/models/http";
import { useRef, useState } from "react";
import { type Size, type Viewport, viewOfBox, wholePicture } from "../../../components/stage/viewport.ts";
import type { ClipControls } from "./clip-pane.tsx";
import { boxInCrop, comparedPictures, compareView } from "./compared-pictures.ts";
import { clipAt } from "./looks.ts";

export type Selection =
  | { readonly kind: "picture"; readonly id: string }
  | { readonly kind: "clip"; readonly id: string; readonly startMs: number };

/** Order in which pictures tell the story. */
const kindOrder: readonly EvidenceView["kind"][] = ["wide", "close", "before", "during", "after", "clip"];

export function picturesOf(clue: ClueDetail): EvidenceView[] {
  return clue.evidence
    .filter((item) => item.mediaType.startsWith("image/"))
    .sort((a, b) => kindOrder.indexOf(a.kind) - kindOrder.indexOf(b.kind) || a.capturedAt.localeCompare(b.capturedAt));
}

/** Everything the viewer remembers while one item is open. */
export function useViewer(clue: ClueDetail) {
  const pictures = picturesOf(clue);
  const [chosen, setChosen] = useState<Selection | null>(null);
  const [overlay, setOverlay] = useState(true);
  const [grid, setGrid] = useState(true);
  const [comparing, setComparing] = useState(false);
  const [view, setView] = useState<Viewport>(wholePicture);
  const [instantMs, setInstantMs] = useState<number | null>(null);
  const stage = useRef<Size>({ width: 1, height: 1 });
  const controls = useRef<ClipControls>(null);

  const selection = chosen ?? firstSelection(pictures, clue);
  const picture = selection?.kind === "picture" ? pictures.find((item) => item.id === selection.id) : undefined;
  const clip = selection?.kind === "clip" ? clue.clips.find((item) => item.id === selection.id) : undefined;

  const compared = comparedPictures(pictures);

  const select = (next: Selection) => {
    setChosen(next);
    if (next.kind === "clip") setComparing(false);
  };
  const openClipAt = (toMs: number) => {
    const found = clipAt(clue.clips, toMs);
    if (found === undefined) return;
    if (clip?.id === found.clip.id) controls.current?.seek(found.offsetMs);
    else select({ kind: "clip", id: found.clip.id, startMs: found.offsetMs });
  };
  return {
    pictures,
    selection,
    picture,
    clip,
    overlay,
    grid,
    comparing,
    view,
    controls,
    /** Where the picture or the player stands in time. */
    cursorMs: clip ? (instantMs ?? Date.parse(clip.startedAt)) : picture ? Date.parse(picture.capturedAt) : undefined,
    compared,
    select,
    openClipAt,
    setView,
    setInstantMs,
    setStage: (size: Size) => {
      stage.current = size;
    },
    toggleOverlay: () => setOverlay((on) => !on),
    toggleGrid: () => {
      setOverlay(true);
      setGrid((on) => !on || !overlay);
    },
    toggleCompare: () => {
      if (selection?.kind === "clip") setChosen(null);
      setComparing(!comparing);
      setView(comparing ? wholePicture : compareView(clue, compared, stage.current));
    },
    /** Next or previous picture; the clip stands at the end of the row. */
    walk: (step: number) => {
      const at = pictures.findIndex((item) => item.id === selection?.id);
      const next = pictures[(at + step + pictures.length) % Math.max(1, pictures.length)];
      if (next) select({ kind: "picture", id: next.id });
    },
    toggleClip: () => {
      if (clip) controls.current?.toggle();
      else openClipAt(picture ? Date.parse(picture.capturedAt) : Date.parse(clue.from));
    },
    playNextClip: () => {
      const next = clue.clips[clue.clips.findIndex((item) => item.id === clip?.id) + 1];
      if (next) select({ kind: "clip", id: next.id, startMs: 0 });
    },
    /** Between the whole picture and the flagged spot. */
    toggleZoom: () => {
      const frame = picture ?? clip;
      if (view.zoom > 1 || frame === undefined) setView(wholePicture);
      else {
        const box = boxInCrop(clue.flag.boxNorm, comparing ? null : (picture?.cropNorm ?? null));
        setView(viewOfBox(box, stage.current, frame.widthPx / frame.heightPx));
      }
    },
  };
}

export type ViewerState = ReturnType<typeof useViewer>;

function firstSelection(pictures: readonly EvidenceView[], clue: ClueDetail): Selection | null {
  const [picture] = pictures;
  if (picture) return { kind: "picture", id: picture.id };
  const [clip] = clue.clips;
  return clip ? { kind: "clip", id: clip.id, startMs: 0 } : null;
}
