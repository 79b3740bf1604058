import { openSecret } from "@mingcha/infra/streams";
import type { LiveDeps } from "./live-deps.ts";

/** A box that cannot be opened (another installation's key) is a wrong password: a person types it in again. */
export function openPassword({ secretKey }: Pick<LiveDeps, "secretKey">, sourceId: string, box: string | null): string {
  if (box === null || secretKey === null) return "";
  try {
    return openSecret(secretKey, sourceId, box);
  } catch {
    return "";
  }
}
