import { type MapBase, mapAcrossMax } from "@mingcha/models/http";
import type { Map as MapLibreMap, Marker } from "maplibre-gl";
import { type ReactNode, type RefObject, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { useText } from "../../lib/use-text.ts";
import { useThemeMode } from "../../theme/theme-mode.tsx";
import { type MapLine, overlayOf } from "./map-overlay.ts";
import { type MapShapes, withShapes } from "./map-shapes.ts";
import { drawnAt, liesAt, mapStyle } from "./map-style.ts";
import { spreadMarks } from "./spread-marks.ts";
import "./map-view.css";

export interface MapMark {
  readonly id: string;
  readonly longitude: number;
  readonly latitude: number;
  /** Of a mark that stands for several places: all of them. */
  readonly bounds?: MapArea;
  /** Stands above its place and points at it, never set aside from it: for places that were computed. */
  readonly isPointing?: boolean;
  readonly node: ReactNode;
}

interface MapViewProps {
  readonly base: MapBase;
  readonly marks: readonly MapMark[];
  /** Brought into view when it changes. */
  readonly centred: string | null;
  readonly label: string;
  /** Brought into view whenever another one is given. */
  readonly goTo?: MapArea | null;
  /** Drawn over the streets. Kept the same object while it does not change. */
  readonly lines?: readonly MapLine[];
  /** Told what is in view, with a margin, whenever that has changed. */
  readonly onView?: ((seen: MapSeen) => void) | undefined;
  /** How near `goTo` may bring it: nearer where what is drawn is small. */
  readonly nearestZoom?: number;
  /** Lines and areas under the marks. */
  readonly shapes?: MapShapes | undefined;
  /** Lies over the upper edge, from the edge down: marks are brought into view below it. */
  readonly overTop?: RefObject<HTMLElement | null> | undefined;
}

/** West, south, east, north in WGS-84 degrees. */
export type MapArea = readonly [number, number, number, number];
export interface MapSeen {
  readonly area: MapArea;
  /** Marks with two numbers that find room along the longer side. */
  readonly across: number;
}

type Library = typeof import("./maplibre.ts");
/** As wide as a mark with its number. */
const stepPx = 46;
/** Closer than this a street with one source on it says nothing of where it is. */
const fitZoomMax = 17;
/** A note lies over the upper edge; what else does is measured. */
const fitPaddingPx = { top: 72, right: 56, bottom: 56, left: 56 } as const;
/** As high as a mark that points at its place from above. */
const markPx = 40;
/** As much of a low map as may be left empty above the marks. */
const topShareMax = 0.6;

const noLines: readonly MapLine[] = [];

/** A map on the bureau's own street lines, with marks of HTML on it. The library is fetched when the first map is shown. */
export function MapView({
  base,
  marks,
  centred,
  label,
  goTo = null,
  lines = noLines,
  onView,
  shapes,
  nearestZoom = fitZoomMax,
  overTop,
}: MapViewProps) {
  const { t, pick } = useText();
  const { dark } = useThemeMode();
  const holder = useRef<HTMLDivElement>(null);
  const [library, setLibrary] = useState<Library | null>(null);
  const [map, setMap] = useState<MapLibreMap | null>(null);
  const [failed, setFailed] = useState(false);
  const style = useMemo(() => {
    const plain = mapStyle(base, dark, lines.length === 0 ? null : overlayOf(base, lines, dark));
    return shapes === undefined ? plain : withShapes(plain, base, shapes, dark);
  }, [base, dark, lines, shapes]);
  const styleRef = useRef(style);

  useEffect(() => {
    let gone = false;
    import("./maplibre.ts").then(
      (loaded) => gone || setLibrary(loaded),
      () => gone || setFailed(true),
    );
    return () => {
      gone = true;
    };
  }, []);

  useEffect(() => {
    if (library === null || holder.current === null) return;
    // asked first: the library itself only complains into the console
    if (document.createElement("canvas").getContext("webgl2") === null) {
      setFailed(true);
      return;
    }
    const made = new library.MapLibreMap({
      container: holder.current,
      style: styleRef.current,
      center: [105, 35],
      zoom: 3,
      maxZoom: 19,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      fadeDuration: 0,
      locale: {
        "Map.Title": label,
        "NavigationControl.ZoomIn": t("map.zoomIn"),
        "NavigationControl.ZoomOut": t("map.zoomOut"),
      },
    });
    made.touchZoomRotate.disableRotation();
    made.addControl(new library.NavigationControl({ showCompass: false }), "bottom-right");
    made.addControl(new library.ScaleControl({ maxWidth: 110 }), "bottom-left");
    made.addControl(new library.AttributionControl({ compact: false }), "top-right");
    setMap(made);
    return () => {
      setMap(null);
      made.remove();
    };
  }, [library, label, t]);

  useEffect(() => {
    if (map === null || styleRef.current === style) return;
    styleRef.current = style;
    map.setStyle(style);
  }, [map, style]);

  const markers = useMarkers({ library, map, base, marks });
  useFit({ map, base, marks, overTop });
  useView(map, base, onView);
  useEffect(() => {
    if (map === null || goTo === null) return;
    const [west, south, east, north] = goTo;
    map.fitBounds([drawnAt(base, [west, south]), drawnAt(base, [east, north])], { padding: 56, maxZoom: nearestZoom });
  }, [map, base, goTo, nearestZoom]);
  const target = marks.find((mark) => mark.id === centred);
  const latest = useRef(target);
  latest.current = target;
  useEffect(() => {
    if (map === null || centred === null || latest.current === undefined) return;
    const { longitude, latitude } = latest.current;
    const at = drawnAt(base, [longitude, latitude]);
    if (!map.getBounds().contains(at)) map.easeTo({ center: at });
  }, [map, base, centred]);

  return (
    <div className="map">
      {failed ? <p className="map-failed">{t("map.failed")}</p> : <div ref={holder} className="map-canvas" />}
      {base.isFictional && !failed ? <span className="map-note">{t("map.fictional")}</span> : null}
      {base.problem === null ? null : <span className="map-note map-problem">{pick(base.problem)}</span>}
      {marks.map((mark) => {
        const element = markers.get(mark.id);
        return element === undefined ? null : createPortal(mark.node, element, mark.id);
      })}
    </div>
  );
}

/** One marker for each mark, kept as long as the mark is there. Answers the elements that React draws into. */
function useMarkers({
  library,
  map,
  base,
  marks,
}: {
  library: Library | null;
  map: MapLibreMap | null;
  base: MapBase;
  marks: readonly MapMark[];
}): ReadonlyMap<string, HTMLElement> {
  const kept = useRef(new Map<string, Marker>());
  const [elements, setElements] = useState<ReadonlyMap<string, HTMLElement>>(new Map());
  const places = marks.map(({ id, longitude, latitude }) => `${id} ${longitude} ${latitude}`).join("\n");
  const latest = useRef(marks);
  latest.current = marks;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `places` says when marks came, went or moved; what is drawn in them changes more often
  useEffect(() => {
    if (library === null || map === null) return;
    const asides = spreadMarks(
      latest.current.filter(({ isPointing }) => isPointing !== true),
      stepPx,
    );
    const wanted = new Map(latest.current.map((mark) => [mark.id, mark]));
    for (const [id, marker] of kept.current)
      if (!wanted.has(id)) {
        marker.remove();
        kept.current.delete(id);
      }
    for (const [id, mark] of wanted) {
      const at = drawnAt(base, [mark.longitude, mark.latitude]);
      const known = kept.current.get(id);
      const anchor = mark.isPointing === true ? "bottom" : "center";
      const marker = known ?? new library.Marker({ element: document.createElement("div"), anchor });
      marker.setLngLat(at).setOffset([asides.get(id) ?? 0, 0]);
      if (known === undefined) marker.addTo(map);
      kept.current.set(id, marker);
    }
    setElements(new Map([...kept.current].map(([id, marker]) => [id, marker.getElement()])));
  }, [library, map, base, places]);
  useEffect(() => {
    const all = kept.current;
    return () => {
      if (map === null) return;
      for (const marker of all.values()) marker.remove();
      all.clear();
    };
  }, [map]);
  return elements;
}

/** Share of the view beyond its edges that is asked for too, so that a small step meets nothing empty. */
const margin = 0.1;
/** As wide as a mark of a group. */
const groupPx = 64;

function useView(map: MapLibreMap | null, base: MapBase, onView: ((seen: MapSeen) => void) | undefined): void {
  useEffect(() => {
    if (map === null || onView === undefined) return;
    const tell = () => {
      const seen = map.getBounds();
      const [west, south] = liesAt(base, [seen.getWest(), seen.getSouth()]);
      const [east, north] = liesAt(base, [seen.getEast(), seen.getNorth()]);
      const [wide, high] = [(east - west) * margin, (north - south) * margin];
      // to about a hundred metres: a step of a pixel asks for nothing new
      const area = [west - wide, south - high, east + wide, north + high].map((value) => Math.round(value * 1e3) / 1e3);
      const [w = 0, s = 0, e = 0, n = 0] = area;
      if (w >= e || s >= n) return;
      const { clientWidth, clientHeight } = map.getContainer();
      const sidePx = (east - west >= north - south ? clientWidth : clientHeight) * (1 + 2 * margin);
      const across = Math.min(mapAcrossMax, Math.max(2, Math.floor(sidePx / groupPx)));
      onView({ area: [Math.max(-180, w), Math.max(-90, s), Math.min(180, e), Math.min(90, n)], across });
    };
    tell();
    map.on("moveend", tell);
    return () => {
      map.off("moveend", tell);
    };
  }, [map, base, onView]);
}

const cornersOf = ({ longitude, latitude, bounds }: MapMark): [number, number][] =>
  bounds === undefined
    ? [[longitude, latitude]]
    : [
        [bounds[0], bounds[1]],
        [bounds[2], bounds[3]],
      ];

/** Where a map looks, to tell whether anybody moved it. */
function viewOf(map: MapLibreMap): string {
  const { lng, lat } = map.getCenter();
  return [lng.toFixed(7), lat.toFixed(7), map.getZoom().toFixed(4)].join(" ");
}

/**
 * Shows all marks, or else all streets, once they are known, below what lies over the upper edge; anew when the map or that changes its size, as
 * long as nobody moved it: afterwards the view is the person's.
 */
function useFit({
  map,
  base,
  marks,
  overTop,
}: Pick<MapViewProps, "base" | "marks" | "overTop"> & { map: MapLibreMap | null }): void {
  const fitted = useRef<{ readonly map: MapLibreMap; readonly view: string } | null>(null);
  const latest = useRef(marks);
  latest.current = marks;
  const showAll = useCallback(() => {
    if (map === null) return;
    const points =
      latest.current.length > 0
        ? latest.current.flatMap(cornersOf).map((point) => drawnAt(base, point))
        : (base.streets ?? []).flatMap(({ lines }) => lines.flat()).map((point) => drawnAt(base, point));
    if (points.length === 0) return;
    let [west, south, east, north] = [180, 90, -180, -90];
    for (const [longitude, latitude] of points) {
      west = Math.min(west, longitude);
      east = Math.max(east, longitude);
      south = Math.min(south, latitude);
      north = Math.max(north, latitude);
    }
    const over = overTop?.current ?? null;
    const coveredPx = over === null ? 0 : over.offsetTop + over.offsetHeight + markPx;
    const top = Math.min(Math.max(fitPaddingPx.top, coveredPx), map.getContainer().clientHeight * topShareMax);
    const padding = { ...fitPaddingPx, top };
    map.fitBounds([west, south, east, north], { padding, maxZoom: fitZoomMax, animate: false });
    if (latest.current.length > 0) fitted.current = { map, view: viewOf(map) };
  }, [map, base, overTop]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is fitted is read when marks came
  useEffect(() => {
    if (fitted.current === null || fitted.current.map !== map) showAll();
  }, [map, showAll, marks]);
  useEffect(() => {
    if (map === null) return;
    const again = () => {
      if (fitted.current?.map !== map || fitted.current.view === viewOf(map)) showAll();
    };
    map.on("resize", again);
    const over = overTop?.current ?? null;
    const observer = new ResizeObserver(again);
    if (over !== null) observer.observe(over);
    return () => {
      map.off("resize", again);
      observer.disconnect();
    };
  }, [map, showAll, overTop]);
}
