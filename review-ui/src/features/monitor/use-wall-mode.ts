import { useEffect } from "react";
import { useSearchParams } from "react-router";

/** A screen on the wall: no header, a larger map. It stands in the address, so that a wall comes back as one after a restart. */
export function useWallMode() {
  const [search, setSearch] = useSearchParams();
  const isOn = search.get("wall") === "1";
  useEffect(() => {
    if (!isOn) return;
    document.documentElement.dataset.wall = "1";
    return () => {
      delete document.documentElement.dataset.wall;
    };
  }, [isOn]);
  const set = (on: boolean): void => {
    setSearch(on ? { wall: "1" } : {}, { replace: true });
    // the whole screen where the browser grants it; the page is a wall without it too
    if (on) void document.documentElement.requestFullscreen?.().catch(() => undefined);
    else if (document.fullscreenElement !== null) void document.exitFullscreen().catch(() => undefined);
  };
  return {
    isOn,
    toggle: () => set(!isOn),
    leave: () => {
      if (isOn) set(false);
    },
  };
}
