import { beyondFilter } from "./beyond.ts";
import { calendarFilter } from "./calendar.ts";
import { countFilter } from "./count.ts";
import type { Filter } from "./define.ts";
import { permitFilter } from "./permit.ts";
import { contactFilter, exemptFilter, rolesFilter, samePlaceFilter } from "./place.ts";
import { blindFilter, dwellFilter, graceFilter, scoreFilter, visibilityFilter } from "./time.ts";

/** The filters of every rule, in the order in which they are applied and told. A new one is one name, one function, one line here. */
export const filters: readonly Filter[] = [
  rolesFilter,
  calendarFilter,
  permitFilter,
  exemptFilter,
  contactFilter,
  beyondFilter,
  samePlaceFilter,
  countFilter,
  scoreFilter,
  dwellFilter,
  graceFilter,
  blindFilter,
  visibilityFilter,
];
