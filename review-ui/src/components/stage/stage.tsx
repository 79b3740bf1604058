import { type PointerEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { panBy, placePicture, type Size, type Viewport, wholePicture, zoomAt } from "./viewport.ts";
import "./stage.css";

interface StageProps {
  readonly aspect: number;
  readonly view: Viewport;
  readonly onView: (view: Viewport) => void;
  readonly onSize?: ((stage: Size) => void) | undefined;
  readonly caption?: ReactNode;
  /** A press without a drag, at a point of the picture in shares of it. While it is given, a double click fits nothing. */
  readonly onPick?: ((point: readonly [number, number]) => void) | undefined;
  readonly children: ReactNode;
}

/** A press may move this far and still be one. */
const slackPx = 4;
/** A press so little beside the picture means its edge. */
const edgePx = 24;

/** A dark stage that shows one picture or player under a shared viewport: wheel or pinch zooms, drag moves, double click fits. */
export function Stage({ aspect, view, onView, onSize, caption, onPick, children }: StageProps) {
  const element = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  const pointers = useRef(new Map<number, { x: number; y: number }>());
  /** Where the one pointer went down, until it has moved too far to be a press or another joined it. */
  const pressed = useRef<{ x: number; y: number } | null>(null);
  const latest = useRef({ view, onView, size, aspect, onSize });
  latest.current = { view, onView, size, aspect, onSize };

  useEffect(() => {
    const stage = element.current;
    if (stage === null) return;
    const observer = new ResizeObserver(() => {
      const next = { width: stage.clientWidth, height: stage.clientHeight };
      setSize(next);
      latest.current.onSize?.(next);
    });
    observer.observe(stage);
    // React listens to the wheel passively; a stage has to keep the page from scrolling.
    const wheel = (event: WheelEvent) => {
      const now = latest.current;
      event.preventDefault();
      const box = stage.getBoundingClientRect();
      const factor = Math.exp(-Math.max(-60, Math.min(60, event.deltaY)) * 0.004);
      now.onView(zoomAt(now.view, factor, event.clientX - box.left, event.clientY - box.top, now.size, now.aspect));
    };
    stage.addEventListener("wheel", wheel, { passive: false });
    return () => {
      observer.disconnect();
      stage.removeEventListener("wheel", wheel);
    };
  }, []);

  const move = (event: PointerEvent<HTMLDivElement>) => {
    const before = pointers.current.get(event.pointerId);
    if (before === undefined) return;
    const after = { x: event.clientX, y: event.clientY };
    const other = [...pointers.current].find(([id]) => id !== event.pointerId)?.[1];
    pointers.current.set(event.pointerId, after);
    if (pressed.current !== null) {
      // a shaking hand does not drag
      if (other === undefined && Math.hypot(after.x - pressed.current.x, after.y - pressed.current.y) < slackPx) return;
      pressed.current = null;
    }
    if (other === undefined) {
      onView(panBy(view, after.x - before.x, after.y - before.y, size, aspect));
      return;
    }
    const box = event.currentTarget.getBoundingClientRect();
    const spread = (point: { x: number; y: number }) => Math.hypot(point.x - other.x, point.y - other.y);
    const factor = spread(after) / Math.max(1, spread(before));
    onView(zoomAt(view, factor, (after.x + other.x) / 2 - box.left, (after.y + other.y) / 2 - box.top, size, aspect));
  };
  const place = placePicture(size, aspect, view);
  const release = (event: PointerEvent<HTMLDivElement>) => {
    pointers.current.delete(event.pointerId);
    const press = pressed.current;
    pressed.current = null;
    if (press === null || event.type !== "pointerup" || onPick === undefined) return;
    const box = event.currentTarget.getBoundingClientRect();
    const x = press.x - box.left - place.left;
    const y = press.y - box.top - place.top;
    const isNear = (at: number, end: number): boolean => at >= -edgePx && at <= end + edgePx;
    if (!isNear(x, place.width) || !isNear(y, place.height)) return;
    const share = (at: number, end: number): number => Math.min(1, Math.max(0, at / end));
    onPick([share(x, place.width), share(y, place.height)]);
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pointer gestures only; Z on the keyboard and the toolbar do the same
    <div
      ref={element}
      className={`stage ${view.zoom > 1 ? "stage-zoomed" : ""}`}
      onPointerDown={(event) => {
        if (event.target instanceof HTMLElement && event.target.closest("button, a")) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        pointers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
        pressed.current = pointers.current.size === 1 ? { x: event.clientX, y: event.clientY } : null;
      }}
      onPointerMove={move}
      onPointerUp={release}
      onPointerCancel={release}
      onDoubleClick={() => {
        if (onPick === undefined) onView(wholePicture);
      }}
    >
      {size.width > 0 ? (
        <div
          className="stage-picture"
          style={{ left: place.left, top: place.top, width: place.width, height: place.height }}
        >
          {children}
        </div>
      ) : null}
      {caption === undefined ? null : <div className="stage-caption">{caption}</div>}
    </div>
  );
}
