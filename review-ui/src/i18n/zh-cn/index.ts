import { cases } from "./cases.ts";
import { common } from "./common.ts";
import { corrections } from "./corrections.ts";
import { devices } from "./devices.ts";
import { item } from "./item.ts";
import { queue } from "./queue.ts";
import { records } from "./records.ts";
import { scenes } from "./scenes.ts";
import { sources } from "./sources.ts";
import { suppressions } from "./suppressions.ts";
import { upload } from "./upload.ts";

export const zhCn = {
  ...common,
  queue,
  item,
  upload,
  cases,
  corrections,
  devices,
  scenes,
  sources,
  suppressions,
  ...records,
};

/** The same keys with any text: what every other language must provide. */
export type LanguageTexts = Texts<typeof zhCn>;
type Texts<T> = { [K in keyof T]: T[K] extends string ? string : Texts<T[K]> };
