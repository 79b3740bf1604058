import type { LanguageTexts } from "../zh-cn/index.ts";
import { attachments } from "./attachments.ts";
import { cases } from "./cases.ts";
import { clocks } from "./clocks.ts";
import { common } from "./common.ts";
import { corrections } from "./corrections.ts";
import { devices } from "./devices.ts";
import { docks } from "./docks.ts";
import { field } from "./field.ts";
import { flightChecks } from "./flight-checks.ts";
import { flightGround } from "./flight-ground.ts";
import { item } from "./item.ts";
import { mapGroup } from "./map-group.ts";
import { map, monitor } from "./monitor.ts";
import { objects } from "./objects.ts";
import { onSite } from "./on-site.ts";
import { people } from "./people.ts";
import { placed } from "./placed.ts";
import { position } from "./position.ts";
import { priority } from "./priority.ts";
import { queue } from "./queue.ts";
import { records } from "./records.ts";
import { retention } from "./retention.ts";
import { ownKnown, reviewTime } from "./review-time.ts";
import { scenes } from "./scenes.ts";
import { endings, flights, secondLooks } from "./second-looks.ts";
import { sources } from "./sources.ts";
import { stands } from "./stands.ts";
import { samples, statistics } from "./statistics.ts";
import { streams } from "./streams.ts";
import { suppressions } from "./suppressions.ts";
import { trucks } from "./trucks.ts";
import { upload } from "./upload.ts";

export const en: LanguageTexts = {
  ...common,
  placed,
  position,
  priority,
  attachments,
  queue,
  item,
  upload,
  cases,
  clocks,
  corrections,
  devices,
  docks,
  objects,
  map,
  mapGroup,
  monitor,
  onSite,
  scenes,
  retention,
  secondLooks,
  endings,
  flights,
  flightChecks,
  field,
  flightGround,
  sources,
  stands,
  streams,
  samples,
  statistics,
  reviewTime,
  ownKnown,
  suppressions,
  trucks,
  people,
  ...records,
};
