export { masksAt } from "./masks-at.ts";
export { type RegisteredScene, type RegisterSceneOptions, registerScene } from "./register-scene.ts";
