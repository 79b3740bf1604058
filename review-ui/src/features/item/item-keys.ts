import type { KeyPress } from "../../lib/keyboard.ts";
import { asidesKey, eventKeys } from "./review/event-keys.ts";

/** What a key asks of the item page. */
export type ItemCommand =
  | { readonly do: "answer"; readonly index: number; readonly answer: "pass" | "fail" }
  | { readonly do: "step"; readonly key: string }
  | { readonly do: "walk" | "frame"; readonly step: number }
  | {
      readonly do: "next" | "asides" | "correct" | "grid" | "overlay" | "compare" | "zoom" | "play" | "help" | "escape";
    };

const letters: Readonly<Record<string, ItemCommand>> = {
  ...Object.fromEntries(
    Object.values(eventKeys)
      .filter((key) => key !== "")
      .map((key) => [key, { do: "step", key }] as const),
  ),
  [asidesKey]: { do: "asides" },
  e: { do: "correct" },
  g: { do: "grid" },
  n: { do: "next" },
  o: { do: "overlay" },
  c: { do: "compare" },
  z: { do: "zoom" },
  " ": { do: "play" },
  ",": { do: "frame", step: -1 },
  ".": { do: "frame", step: 1 },
  ArrowLeft: { do: "walk", step: -1 },
  ArrowRight: { do: "walk", step: 1 },
  Escape: { do: "escape" },
  "?": { do: "help" },
};

/** The command of a key press, or undefined for a key that means nothing here. */
export function itemCommand(press: KeyPress): ItemCommand | undefined {
  if (press.slot !== null) return { do: "answer", index: press.slot - 1, answer: press.shift ? "fail" : "pass" };
  return Object.hasOwn(letters, press.key) ? letters[press.key] : undefined;
}
