import type { LanguageTexts } from "../zh-cn/index.ts";
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

export const en: LanguageTexts = {
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
