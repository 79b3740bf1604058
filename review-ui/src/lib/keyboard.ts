import { useLayoutEffect, useRef } from "react";

/** What a key press means to a page, or null where the page must keep its hands off. */
export interface KeyPress {
  /** Lower-case letter or the key's own name (`Enter`, `ArrowDown`, `?`). */
  readonly key: string;
  /** 1..12 for the keys 1 2 … 9 0 - = and 1..9 of the number pad, whatever Shift makes of them. */
  readonly slot: number | null;
  readonly shift: boolean;
}

type KeyboardLike = Pick<
  KeyboardEvent,
  "key" | "code" | "keyCode" | "isComposing" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey" | "repeat" | "target"
>;

/**
 * Reads a key press for page shortcuts. Null while an input method composes (a Chinese syllable must never become a
 * verdict: `isComposing`, or key code 229 in browsers that say it late), while someone types in a field, with a
 * modifier that belongs to the browser, and for a key held down.
 */
export function readKeyPress(event: KeyboardLike): KeyPress | null {
  if (event.isComposing || event.keyCode === 229 || event.key === "Process" || event.key === "Unidentified")
    return null;
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  if (event.repeat && !["j", "k", ",", ".", "ArrowLeft", "ArrowRight"].includes(event.key)) return null;
  if (isTypingTarget(event.target)) return null;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return { key, slot: slotOf(event.code), shift: event.shiftKey };
}

/** What is printed on the key of each slot. */
export const slotKeys = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "-", "="] as const;

/** Read from the key's place on the board: with Shift, or on another layout, its character is something else. */
function slotOf(code: string): number | null {
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(code)?.[1];
  if (digit !== undefined) return Number(digit);
  return { Digit0: 10, Minus: 11, Equal: 12 }[code] ?? null;
}

/** Whether the press goes into a field where a person writes or chooses. */
export function isTypingTarget(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest("[contenteditable='true'], [role='combobox'], [role='listbox']"))
    return true;
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return (
    target instanceof HTMLInputElement &&
    !["checkbox", "radio", "button", "submit", "range", "file"].includes(target.type)
  );
}

/** Calls `handle` for every press a page may use; a handler that answers true has used it and nothing else happens. */
export function usePageKeys(handle: (press: KeyPress) => boolean, enabled = true): void {
  const latest = useRef(handle);
  latest.current = handle;
  // Listening from the very drawing that shows the page: after it, a quick hand's first keys would fall between two items.
  useLayoutEffect(() => {
    if (!enabled) return;
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || document.querySelector(".ant-modal-wrap:not([style*='display: none']) .ant-modal"))
        return;
      const press = readKeyPress(event);
      if (press === null) return;
      // Space and Enter on a focused button belong to that button.
      const onControl =
        event.target instanceof HTMLElement &&
        event.target.closest("button, a, [role='button'], [role='radio'], [role='tab']");
      if (onControl && (press.key === " " || press.key === "Enter")) return;
      if (latest.current(press)) event.preventDefault();
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, [enabled]);
}
