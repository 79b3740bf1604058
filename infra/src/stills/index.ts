export { renderPicture } from "./render-picture.ts";
export { type RenderedStill, renderStill, type StillTask } from "./render-still.ts";
export { createStillProcess, type StillProcess } from "./still-process.ts";
