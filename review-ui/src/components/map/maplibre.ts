import "maplibre-gl/dist/maplibre-gl.css";
import { setWorkerUrl } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";

// Bundled as a file of our own, so that the content policy needs no blob: workers.
setWorkerUrl(workerUrl);

export { AttributionControl, Map as MapLibreMap, Marker, NavigationControl, ScaleControl } from "maplibre-gl";
