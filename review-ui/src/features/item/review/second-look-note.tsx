import type { ClueDetail } from "@mingcha/models/http";
import { Alert } from "antd";
import { useText } from "../../../lib/use-text.ts";

const giving = ["recheck_agree", "second_agree"];

/** Why somebody looks at this record a second time, what waits for it, or what was said. */
export function SecondLookNote({ clue: { secondLook, events } }: { clue: ClueDetail }) {
  const { t } = useText();
  if (secondLook === null) return null;
  const { kind, result, of, by } = secondLook;
  const mayGive = events.some(({ event, refusals }) => giving.includes(event) && refusals.length === 0);
  if (result === null && kind === "discard" && !mayGive) return null;
  const text =
    result === null
      ? mayGive
        ? t(`secondLooks.item.${kind}`, { name: of })
        : t("secondLooks.item.waits")
      : t(result === "agree" ? "secondLooks.item.agreed" : "secondLooks.item.disagreed", { name: by ?? "" });
  return <Alert type={result === null ? "info" : result === "agree" ? "success" : "warning"} showIcon title={text} />;
}
