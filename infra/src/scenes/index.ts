export { type RegisteredScene, type RegisterSceneOptions, registerScene } from "./register-scene.ts";
