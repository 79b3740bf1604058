/** What a demo clip is: a scene that can be shown at any second, the scene file that goes with it, and the truth. */
import type { Object3D } from "three";

export type Point = [number, number];
export type SceneFile = {
  source: { id: string; name: string; kind: string; longitude: number; latitude: number; timezone: string };
  lookEveryS: number;
  calibration?: { pictureSize: { widthPx: number; heightPx: number }; points: { px: Point; m: Point }[] };
  zones: { id: string; kind: string; polygon: Point[]; place: string }[];
  rules: {
    violation: string;
    zones: string[];
    /** left out, the violation's own values hold */
    roles?: string[];
    dwellS?: number;
    graceS?: number;
    minScore?: number;
    active: { days: string; from: string; to: string };
  }[];
};
export type Truth = {
  violation: string;
  zone: string;
  fromS: number;
  toS: number;
  cover?: "open" | "covered";
  /** a line on the ground, picture 0..1, and how far what stands there reaches beyond it on the side of the street */
  door?: { line: Point[]; beyondM: number };
};
export type DroneFix = { longitude: number; latitude: number; relAltM: number; yawDeg: number; pitchDeg: number };
export type ClipFacts = {
  framesPerS: number;
  durationS: number;
  startedAt: string;
  scene: SceneFile;
  violations: Truth[];
  quietZones: string[];
  /** one fix per frame, drone clips only */
  telemetry?: DroneFix[];
};
export type Clip = {
  framesPerS: number;
  facts: () => ClipFacts;
  /** puts everything where it is at this second */
  show: (timeS: number) => void;
  light: (timeS: number) => void;
  /** all that ever moves: a still camera redraws only these */
  moving: readonly Object3D[];
  cameraMoves: (timeS: number) => boolean;
};
