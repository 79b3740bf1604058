import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { type KeyPress, readKeyPress, usePageKeys } from "./keyboard.ts";

afterEach(cleanup);

function Page({ onKey }: { onKey: (press: KeyPress) => boolean }) {
  usePageKeys(onKey);
  return (
    <div>
      <input aria-label="note" />
      <textarea aria-label="words" />
      <div contentEditable suppressContentEditableWarning>
        rich text
      </div>
      <input type="checkbox" aria-label="tick" />
      <button type="button">press</button>
    </div>
  );
}

function renderPage() {
  const onKey = vi.fn(() => true);
  render(<Page onKey={onKey} />);
  return onKey;
}

test("a key on the page is heard", () => {
  const onKey = renderPage();
  fireEvent.keyDown(document.body, { key: "a", code: "KeyA" });
  expect(onKey).toHaveBeenCalledWith({ key: "a", slot: null, shift: false });
});

test("a composing input method never gives a verdict", () => {
  const onKey = renderPage();
  fireEvent.keyDown(document.body, { key: "a", code: "KeyA", isComposing: true });
  fireEvent.keyDown(document.body, { key: "a", code: "KeyA", keyCode: 229 });
  fireEvent.keyDown(document.body, { key: "Process", code: "KeyR" });
  fireEvent.keyDown(document.body, { key: "1", code: "Digit1", keyCode: 229 });
  expect(onKey).not.toHaveBeenCalled();
});

test("typing in a field never gives a verdict", () => {
  const onKey = renderPage();
  const fields = [screen.getByLabelText("note"), screen.getByLabelText("words"), screen.getByText("rich text")];
  for (const field of fields) fireEvent.keyDown(field, { key: "r", code: "KeyR" });
  expect(onKey).not.toHaveBeenCalled();
});

test("keys go on working while a tick box has the focus", () => {
  const onKey = renderPage();
  fireEvent.keyDown(screen.getByLabelText("tick"), { key: "o", code: "KeyO" });
  expect(onKey).toHaveBeenCalledTimes(1);
});

test("space and Enter on a focused button belong to the button", () => {
  const onKey = renderPage();
  fireEvent.keyDown(screen.getByText("press"), { key: " ", code: "Space" });
  fireEvent.keyDown(screen.getByText("press"), { key: "Enter", code: "Enter" });
  expect(onKey).not.toHaveBeenCalled();
});

test("keys with a browser modifier and keys held down are left alone", () => {
  const onKey = renderPage();
  fireEvent.keyDown(document.body, { key: "r", code: "KeyR", ctrlKey: true });
  fireEvent.keyDown(document.body, { key: "a", code: "KeyA", repeat: true });
  expect(onKey).not.toHaveBeenCalled();
  fireEvent.keyDown(document.body, { key: "j", code: "KeyJ", repeat: true });
  expect(onKey).toHaveBeenCalledTimes(1);
});

test("digits are read from the key's place, so that Shift and other layouts do not matter", () => {
  const read = (init: KeyboardEventInit) => readKeyPress(new KeyboardEvent("keydown", init));
  expect(read({ key: "!", code: "Digit1", shiftKey: true })).toEqual({ key: "!", slot: 1, shift: true });
  expect(read({ key: "&", code: "Digit1" })?.slot).toBe(1);
  expect(read({ key: "0", code: "Digit0" })?.slot).toBe(10);
  expect(read({ key: "=", code: "Equal" })?.slot).toBe(12);
  expect(read({ key: "3", code: "Numpad3" })?.slot).toBe(3);
});
