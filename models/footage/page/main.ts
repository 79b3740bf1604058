/** What the page offers to the Node side: pictures as base64 JPEG, boxes, and the clips. */
import type { LabelledBox } from "./boxes.ts";
import { findBoxes } from "./boxes.ts";
import type { Clip, ClipFacts } from "./clips/clip.ts";
import { clips } from "./clips/index.ts";
import { cheapLens, createLens } from "./lens.ts";
import { createPatches, type Patches } from "./patches.ts";
import { createStage } from "./stage.ts";
import { createPalette } from "./street/palette.ts";
import { renderTrainingFrame } from "./training/frame.ts";
import { createVariant, variantPalette } from "./variants/index.ts";
import type { Variant, VariantFacts } from "./variants/variant.ts";

export type FootageApi = {
  training: (seed: number, qualityPct: number) => { jpeg: string; boxes: LabelledBox[] };
  openClip: (id: string) => ClipFacts;
  clipFrame: (id: string, frame: number) => string;
  openVariant: (seed: number) => VariantFacts;
  /** Picture of one look of the variant that is open. */
  variantLook: (look: number) => string;
  /** The same at any second, with exact boxes: a training picture. */
  variantTraining: (timeS: number, qualityPct: number) => { jpeg: string; boxes: LabelledBox[] };
};

declare global {
  interface Window {
    footage: FootageApi;
  }
}

const query = new URLSearchParams(location.search);
const widthPx = Number(query.get("width") ?? 640);
const heightPx = Number(query.get("height") ?? 360);
const isCoarse = query.get("smooth") === "no";
const stage = createStage(widthPx, heightPx, widthPx < 1000 && !isCoarse, isCoarse ? 1024 : 2048);
const palette = createPalette(Number(query.get("palette") ?? 1));
const lens = createLens(stage.renderer.domElement, widthPx, heightPx);
type OpenVariant = Variant & { seed: number; patches: Patches; lastLook: number };
let variant: OpenVariant | undefined;
const variantPalettes = new Map<number, ReturnType<typeof createPalette>>();

/** Light changes, and with it the whole picture, every so many looks; between them only what moves is drawn. */
const looksPerLight = 4;

function openedVariant(): OpenVariant {
  if (!variant) throw new Error("no variant is open");
  return variant;
}

const open = new Map<string, Clip & { patches: Patches; lastFrame: number }>();

window.footage = {
  training: (seed, qualityPct) => {
    const { boxes, faults } = renderTrainingFrame(stage, palette, seed, widthPx, heightPx);
    return { jpeg: lens.capture(seed, faults, qualityPct / 100), boxes };
  },
  openClip: (id) => {
    const make = clips[id];
    if (!make) throw new Error(`no clip ${id}; known: ${Object.keys(clips).join(", ")}`);
    stage.clear();
    const clip = make(stage, palette);
    open.set(id, { ...clip, patches: createPatches(stage, clip.moving, widthPx, heightPx), lastFrame: -2 });
    return clip.facts();
  },
  clipFrame: (id, frame) => {
    const clip = open.get(id);
    if (!clip) throw new Error(`clip ${id} is not open`);
    const timeS = frame / clip.framesPerS;
    const whole = clip.cameraMoves(timeS) || frame % (clip.framesPerS / 2) === 0 || frame !== clip.lastFrame + 1;
    clip.lastFrame = frame;
    clip.show(timeS);
    if (whole) clip.light(timeS);
    // shadows are redrawn every other frame: a quarter of a second nobody misses
    stage.renderer.shadowMap.autoUpdate = false;
    stage.renderer.shadowMap.needsUpdate = whole || frame % 2 === 0;
    clip.patches.draw(whole);
    return lens.capture(frame, cheapLens, 0.93);
  },
  openVariant: (seed) => {
    const paletteSeed = variantPalette(seed);
    const own = variantPalettes.get(paletteSeed) ?? createPalette(paletteSeed);
    variantPalettes.set(paletteSeed, own);
    const made = createVariant(stage, own, seed);
    variant = { ...made, seed, patches: createPatches(stage, made.moving, widthPx, heightPx), lastLook: -2 };
    return variant.facts();
  },
  variantLook: (look) => {
    const now = openedVariant();
    const timeS = look / now.framesPerS;
    const whole = look % looksPerLight === 0 || look !== now.lastLook + 1;
    now.lastLook = look;
    now.show(timeS);
    if (whole) now.light(timeS);
    now.patches.draw(whole);
    return lens.capture(look + 100 * now.seed, now.faults, 0.93);
  },
  variantTraining: (timeS, qualityPct) => {
    const { faults, seed, show, light } = openedVariant();
    show(timeS);
    light(timeS);
    const boxes = findBoxes(stage, widthPx, heightPx);
    stage.renderer.setScissorTest(false);
    stage.render();
    return { jpeg: lens.capture(100 * seed + Math.round(timeS), faults, qualityPct / 100), boxes };
  },
};
