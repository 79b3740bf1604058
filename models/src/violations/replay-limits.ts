import type { Look, Scene } from "../scene/index.ts";
import type { Text } from "./define.ts";

/** The usual time between two looks: the middle one, in seconds; undefined for fewer than two. */
function cadenceS(looks: readonly Look[]): number | undefined {
  const gaps = looks.slice(1).map((look, i) => look.capturedAtMs - (looks[i]?.capturedAtMs ?? 0));
  const middle = gaps.sort((a, b) => a - b)[gaps.length >> 1];
  return middle === undefined ? undefined : middle / 1000;
}

/**
 * What replaying stored looks under another scene cannot say, a sentence each: a scene that looks more often than the looks were taken
 * cannot be tried out on them.
 */
export function replayLimits(scene: Pick<Scene, "lookEveryS">, looks: readonly Look[]): Text[] {
  const everyS = cadenceS(looks);
  if (everyS === undefined || everyS <= scene.lookEveryS * 1.05) return [];
  return [
    {
      zh: `新场景每 ${scene.lookEveryS} 秒看一次，已存的画面间隔为 ${everyS} 秒：更密的观察无法在此重现`,
      en: `the new scene looks every ${scene.lookEveryS} s, the stored looks are ${everyS} s apart: what lies between them cannot be replayed`,
    },
  ];
}
