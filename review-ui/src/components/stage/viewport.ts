/** Zoom and pan of the picture viewer, in shares of the picture, so that one viewport fits pictures of any size. */

export interface Viewport {
  /** 1: the whole picture fits. */
  readonly zoom: number;
  /** Point of the picture in the middle of the stage, 0..1. */
  readonly centerX: number;
  readonly centerY: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Box in pixels of the stage. */
export interface Placement extends Size {
  readonly left: number;
  readonly top: number;
}

export const wholePicture: Viewport = { zoom: 1, centerX: 0.5, centerY: 0.5 };
const zoomMax = 16;

/** Largest size with the picture's aspect that fits the stage. */
export function fitSize(stage: Size, aspect: number): Size {
  const width = Math.min(stage.width, stage.height * aspect);
  return { width, height: width / aspect };
}

/** Where the picture lies on the stage. */
export function placePicture(stage: Size, aspect: number, view: Viewport): Placement {
  const fitted = fitSize(stage, aspect);
  const width = fitted.width * view.zoom;
  const height = fitted.height * view.zoom;
  return { width, height, left: stage.width / 2 - view.centerX * width, top: stage.height / 2 - view.centerY * height };
}

/** Zooms by a factor and keeps the picture point under (x, y) of the stage where it is. */
export function zoomAt(view: Viewport, factor: number, x: number, y: number, stage: Size, aspect: number): Viewport {
  const zoom = Math.min(zoomMax, Math.max(1, view.zoom * factor));
  const before = placePicture(stage, aspect, view);
  const pointX = (x - before.left) / before.width;
  const pointY = (y - before.top) / before.height;
  const fitted = fitSize(stage, aspect);
  return clampView(
    {
      zoom,
      centerX: pointX + (stage.width / 2 - x) / (fitted.width * zoom),
      centerY: pointY + (stage.height / 2 - y) / (fitted.height * zoom),
    },
    stage,
    aspect,
  );
}

/** Moves by pixels of the stage. */
export function panBy(view: Viewport, dx: number, dy: number, stage: Size, aspect: number): Viewport {
  const fitted = fitSize(stage, aspect);
  return clampView(
    {
      ...view,
      centerX: view.centerX - dx / (fitted.width * view.zoom),
      centerY: view.centerY - dy / (fitted.height * view.zoom),
    },
    stage,
    aspect,
  );
}

/** Fills most of the stage with a box of the picture, [x, y, width, height] in shares. */
export function viewOfBox(box: readonly [number, number, number, number], stage: Size, aspect: number): Viewport {
  const fitted = fitSize(stage, aspect);
  const zoomX = (stage.width * 0.6) / Math.max(1, box[2] * fitted.width);
  const zoomY = (stage.height * 0.6) / Math.max(1, box[3] * fitted.height);
  const zoom = Math.min(8, Math.max(1, Math.min(zoomX, zoomY)));
  return clampView({ zoom, centerX: box[0] + box[2] / 2, centerY: box[1] + box[3] / 2 }, stage, aspect);
}

/** Fills the stage without black bars, as near to a point of the picture as that allows: for narrow panes side by side. */
export function coverView(centerX: number, centerY: number, stage: Size, aspect: number): Viewport {
  const fitted = fitSize(stage, aspect);
  const zoom = Math.max(stage.width / fitted.width, stage.height / fitted.height);
  return clampView({ zoom: Math.min(zoomMax, zoom), centerX, centerY }, stage, aspect);
}

/** Keeps the picture on the stage: centred where it is smaller than the stage, edge to edge where it is larger. */
function clampView(view: Viewport, stage: Size, aspect: number): Viewport {
  const fitted = fitSize(stage, aspect);
  return {
    zoom: view.zoom,
    centerX: clampAxis(view.centerX, stage.width / (fitted.width * view.zoom)),
    centerY: clampAxis(view.centerY, stage.height / (fitted.height * view.zoom)),
  };
}

function clampAxis(center: number, visibleShare: number): number {
  if (visibleShare >= 1) return 0.5;
  return Math.min(1 - visibleShare / 2, Math.max(visibleShare / 2, center));
}
