import { findViolation } from "@mingcha/models/violations";
import { useText } from "../../lib/use-text.ts";
import type { SceneChange } from "./scene-changes.ts";

/** What differs between two versions, one line a thing. */
export function ChangeList({ changes }: { changes: readonly SceneChange[] }) {
  const { t, pick } = useText();
  const titleOf = (code: string): string => {
    const found = findViolation(code);
    return found === undefined ? code : pick(found.title);
  };
  if (changes.length === 0) return <p className="scene-hint">{t("scenes.noChange")}</p>;
  return (
    <ul className="scene-lines">
      {changes.map((change) => {
        const values = "violation" in change ? { ...change, violation: titleOf(change.violation) } : change;
        const { what, ...rest } = values;
        return <li key={JSON.stringify(change)}>{t(`scenes.change.${what}`, { ...rest })}</li>;
      })}
    </ul>
  );
}
