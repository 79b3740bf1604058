import { type DockFileReason, dockFileReasons } from "./states.ts";

/** A file is looked at so often in all (house rule): one that writes an object ever anew keeps nobody busy for good. */
export const attemptsMax = 10;

interface GivenUp {
  readonly state: string;
  readonly reasonCode: string | null;
  /** Of the object that was judged; null: none was seen. */
  readonly etag: string | null;
  readonly attempt: number;
}

/**
 * Whether the object that lies under a given-up file's name now is looked at. `as_new`: as if it were the first. `as_noted`: as that which was seen
 * when the message came, so another one is found overwritten. Null: it is not; the same object was judged already, or no other can answer the reason.
 *
 * Taken up it is, whatever a person said meanwhile: closing says that nobody waits for a file, not that it may not come. What came and fits is material of
 * the flight, and whether it counts is for review to say, not for whoever tidied a list.
 */
export function comesBack(
  { state, reasonCode, etag, attempt }: GivenUp,
  seenEtag: string,
): "as_new" | "as_noted" | null {
  if (state === "missing") return "as_new";
  if (attempt >= attemptsMax) return null;
  if (state === "refused") return etag === seenEtag ? null : "as_new";
  if (state !== "mismatch" || reasonCode === null || !isReason(reasonCode)) return null;
  const { answeredBy } = dockFileReasons[reasonCode];
  if (answeredBy === "return") return "as_noted";
  return answeredBy === "other" && etag !== seenEtag ? "as_new" : null;
}

/** Whether another object under the file's name is a question for a person, each anew: nothing of it will be taken by itself. */
export const mayLieBeside = ({ state, reasonCode }: Pick<GivenUp, "state" | "reasonCode">): boolean =>
  state === "taken" || (state === "mismatch" && reasonCode === "overwritten");

const isReason = (code: string): code is DockFileReason => Object.hasOwn(dockFileReasons, code);
