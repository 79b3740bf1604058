import { useEffect, useRef } from "react";

/** Milliseconds that the page was open and in front, read when a verdict is sent. */
export function useTimeOnItem(): () => number {
  const watch = useRef({ sumMs: 0, sinceMs: performance.now() as number | null });
  useEffect(() => {
    const changed = () => {
      const { sumMs, sinceMs } = watch.current;
      watch.current = document.hidden
        ? { sumMs: sumMs + (sinceMs === null ? 0 : performance.now() - sinceMs), sinceMs: null }
        : { sumMs, sinceMs: performance.now() };
    };
    document.addEventListener("visibilitychange", changed);
    return () => document.removeEventListener("visibilitychange", changed);
  }, []);
  return () => watch.current.sumMs + (watch.current.sinceMs === null ? 0 : performance.now() - watch.current.sinceMs);
}
