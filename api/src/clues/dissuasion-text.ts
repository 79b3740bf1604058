import type { Profile } from "@mingcha/models/profile";
import { isoInZone } from "@mingcha/models/scene";
import { findViolation } from "@mingcha/models/violations";
import type { LoadedClue } from "./load-clue.ts";

/** The bureau's text with the facts of the record in it; nothing else is ever said. Without minutes `{minutes}` stays open. */
export function dissuasionText(profile: Profile, clue: LoadedClue, minutes?: number): string {
  const values: Record<string, string> = {
    bureau: profile.bureau.name.zh,
    time: isoInZone(clue.from.getTime(), clue.flag.source.timezone).slice(0, 16).replace("T", " "),
    place: clue.place,
    act: findViolation(clue.violation)?.title.zh ?? clue.violation,
    minutes: minutes === undefined ? "{minutes}" : String(minutes),
    contact: profile.bureau.phone ?? profile.bureau.contact ?? profile.bureau.name.zh,
  };
  return profile.dissuasion.text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "");
}
