import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import { lockSource } from "@mingcha/infra/retention";
import { isSameDrawing, type Look, sessionGapMsOf } from "@mingcha/models/scene";
import {
  advanceScene,
  carryView,
  emptySceneState,
  reportScene,
  type SceneState,
  settleScene,
  suspensionOf,
  watchedPlaces,
} from "@mingcha/models/violations";
import { machine } from "./claim-clip.ts";
import type { DetectorDeps } from "./deps.ts";
import { findSessionStart, readLooks } from "./read-looks.ts";
import { saveFlags } from "./save-flags.ts";
import { saveOccupancy } from "./save-occupancy.ts";
import { findScene, findScenes, type SceneRow, sceneAt } from "./scene-versions.ts";
import { loadWatch, saveWatch } from "./watch-state.ts";

/** A session without a kept state is read back this far, or twice as far as any rule counts; beyond, to where the flags that stand there began. */
const reachMs = 2 * 3_600_000;
/** But never further: a camera's looks of two days are read and evaluated well within a transaction. */
const reachMaxMs = 48 * 3_600_000;
/** What ended longer ago than this leaves the kept state; it is in the database. */
const settleAfterMs = 15 * 60_000;

/** A stretch of looks under one scene version without a long gap. */
interface Stretch {
  readonly row: SceneRow;
  readonly state: SceneState;
  /** Acts that ended earlier may have left the state, ms since 1970; 0: none have. */
  readonly settledMs: number;
  throughMs: number;
}

/**
 * Evaluates the rules of a source after looks of `span` were stored, and writes occupancy and flags. Goes on from the state kept after the
 * last clip; a clip that comes late goes back to the newest state before it and reads the stored looks from there, so clips may come in any
 * order and twice: the result is the same. Runs inside the transaction that stores the looks; one evaluation per source at a time.
 * @returns ids of flags that were opened or changed.
 */
export async function evaluateSource(
  tx: DatabaseOrTransaction,
  deps: Pick<DetectorDeps, "model">,
  sourceId: string,
  span: { from: Date; to: Date },
): Promise<string[]> {
  await lockSource(tx, sourceId);
  const kept = await loadWatch(tx, sourceId, span.from);
  const fromMs = kept?.throughMs ?? (await findStart(tx, sourceId, span.from));
  const scenes = await findScenes(tx, sourceId, new Date(fromMs));
  if (scenes.length === 0) return [];
  const gapMs = Math.max(...scenes.map(({ scene }) => sessionGapMsOf(scene)));
  const start = kept === undefined ? { fromMs } : { afterMs: fromMs };
  const { looks, hasLater } = await readLooks(tx, sourceId, start, { untilMs: span.to.getTime(), gapMs });

  const changed = new Set<string>();
  const keptRow = scenes.find((row) => row.id === kept?.sceneId);
  let stretch: Stretch | undefined =
    kept === undefined || keptRow === undefined
      ? undefined
      : { row: keptRow, state: kept.state, settledMs: fromMs - settleAfterMs, throughMs: fromMs };
  for (const look of looks) {
    const row = sceneAt(scenes, look.capturedAtMs);
    const isOver =
      stretch !== undefined &&
      (row?.id !== stretch.row.id || look.capturedAtMs - stretch.throughMs > sessionGapMsOf(stretch.row.scene));
    let before: Stretch | undefined;
    if (stretch !== undefined && isOver) {
      await writeStretch(tx, deps, sourceId, stretch, { isOver: true, changed, span });
      before = stretch;
      stretch = undefined;
    }
    if (row === undefined) continue;
    stretch ??= { row, state: firstState(row, look, before), settledMs: 0, throughMs: look.capturedAtMs };
    advanceScene(stretch.state, look, row.scene, watchedPlaces(row.scene));
    stretch.throughMs = look.capturedAtMs;
  }
  if (stretch === undefined) return [...changed];
  await writeStretch(tx, deps, sourceId, stretch, { isOver: hasLater, changed, span });
  const { row, state, throughMs } = stretch;
  settleScene(state, throughMs - settleAfterMs);
  await saveWatch(tx, sourceId, { sceneId: row.id, throughMs, state, suspended: suspensionOf(state) }, span.from);
  return [...changed];
}

/** A session begins with nothing known; a version that takes over without a gap, its zones the same drawing, with what is known of the view. */
function firstState(row: SceneRow, { capturedAtMs }: Look, before: Stretch | undefined): SceneState {
  const goesOn =
    before !== undefined &&
    capturedAtMs - before.throughMs <= sessionGapMsOf(before.row.scene) &&
    isSameDrawing(row.scene, before.row.scene);
  return goesOn ? carryView(before.state) : emptySceneState();
}

/** Where the looks have to be read from for which no state is kept. */
async function findStart(tx: DatabaseOrTransaction, sourceId: string, at: Date): Promise<number> {
  const row = await findScene(tx, sourceId, at);
  if (row === null) return at.getTime();
  const longestMs = Math.max(0, ...watchedPlaces(row.scene).map(({ settings }) => settings.dwellMs));
  return findSessionStart(tx, sourceId, at.getTime(), {
    gapMs: sessionGapMsOf(row.scene),
    reachMs: Math.min(Math.max(reachMs, 2 * longestMs), reachMaxMs),
    reachMaxMs,
    leadMs: settleAfterMs,
  });
}

async function writeStretch(
  tx: DatabaseOrTransaction,
  deps: Pick<DetectorDeps, "model">,
  sourceId: string,
  { row, state, settledMs }: Stretch,
  { isOver, changed, span }: { isOver: boolean; changed: Set<string>; span: { from: Date; to: Date } },
): Promise<void> {
  const places = watchedPlaces(row.scene);
  const footage = { fromMs: span.from.getTime(), toMs: span.to.getTime() };
  for (const [index, report] of reportScene(state, row.scene, places).entries()) {
    const place = places[index];
    if (place === undefined) continue;
    const { ruleKey } = place;
    await saveOccupancy(tx, { sourceId, sceneId: row.id, ruleKey }, report);
    const saved = await saveFlags(tx, {
      sourceId,
      sceneId: row.id,
      ruleKey,
      scene: row.scene,
      model: deps.model,
      report,
      isOver,
      told: { beganFromMs: state.firstPlannedMs ?? 0, endedFromMs: settledMs, footage },
      actor: machine,
    });
    for (const id of saved) changed.add(id);
  }
}
