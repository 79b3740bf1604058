import { demoFootage } from "./demo-footage.ts";
import { finishedUploads } from "./finished-uploads.ts";
import { watchedFolder } from "./watched-folder.ts";
import type { OpenWayIn } from "./way-in.ts";

/** Every way in that this process looks after. Files given on the command line write their rows themselves (add-file.ts). */
export const waysIn: readonly OpenWayIn[] = [finishedUploads, watchedFolder];
/** Besides, where MINGCHA_DEMO is on. */
export const demoWaysIn: readonly OpenWayIn[] = [demoFootage];
