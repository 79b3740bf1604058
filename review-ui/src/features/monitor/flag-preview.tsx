import { noiseReasons } from "@mingcha/models/clue";
import type { ClueItem } from "@mingcha/models/http";
import { Button, Input } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { pictureUrl } from "../../api/media.ts";
import { ClueStateBadge } from "../../components/badges.tsx";
import { formatSpan } from "../../lib/format-time.ts";
import { slotKeys, usePageKeys } from "../../lib/keyboard.ts";
import { useText } from "../../lib/use-text.ts";
import { Age } from "./fresh-flags.tsx";
import type { Sorting } from "./use-sorting.ts";

interface FlagPreviewProps {
  /** Null: nothing has come yet. */
  readonly item: ClueItem | null;
  /** Chosen by the person; otherwise it is the newest, on which no key decides. */
  readonly isChosen: boolean;
  readonly sorting: Sorting;
}

/** The flag in hand, its picture as large as there is room, and what this person may say of it. */
export function FlagPreview({ item, isChosen, sorting }: FlagPreviewProps) {
  const { t, pick } = useText();
  if (item === null) return <div className="preview preview-none">{t("monitor.noFlags")}</div>;
  return (
    <section className="preview" aria-label={pick(item.violationTitle)}>
      <div className="preview-picture">
        {item.pictureId === null ? (
          <em>{t("queue.noPicture")}</em>
        ) : (
          <img src={pictureUrl(item.pictureId)} alt={pick(item.violationTitle)} />
        )}
        {isChosen ? null : <span className="preview-newest">{t("monitor.newest")}</span>}
      </div>
      <div className="preview-text">
        <b>{pick(item.violationTitle)}</b>
        <ClueStateBadge state={item.state} />
        <span>{item.place}</span>
        <span>
          {item.sourceName} · {formatSpan(item.from, item.to, item.timezone)} · <Age at={item.createdAt} />
        </span>
      </div>
      {sorting.isAsking && isChosen ? (
        <Reasons sorting={sorting} />
      ) : (
        <div className="preview-actions">
          {isChosen && sorting.maySort(item) ? (
            <>
              <Button type="primary" loading={sorting.isSending} onClick={sorting.plausible}>
                {t("monitor.plausible")} <kbd>A</kbd>
              </Button>
              <Button danger disabled={sorting.isSending} onClick={sorting.ask}>
                {t("monitor.noise")} <kbd>R</kbd>
              </Button>
            </>
          ) : null}
          <Link className="preview-open" to={`/clues/${item.id}`}>
            {t("monitor.open")} {isChosen ? <kbd>Enter</kbd> : null}
          </Link>
        </div>
      )}
    </section>
  );
}

type NoiseReason = keyof typeof noiseReasons;
const noiseCodes = Object.keys(noiseReasons) as NoiseReason[];

/** Coded reasons on number keys; choosing one discards at once, "other" asks for words first. */
function Reasons({ sorting }: { sorting: Sorting }) {
  const { t, pick } = useText();
  const [isOther, setOther] = useState(false);
  const [note, setNote] = useState("");
  const choose = (code: NoiseReason) => {
    if (code === "other") setOther(true);
    else sorting.discard(code);
  };
  usePageKeys((press) => {
    if (press.key === "Escape") {
      sorting.cancel();
      return true;
    }
    const code = press.slot === null ? undefined : noiseCodes[press.slot - 1];
    if (code !== undefined) choose(code);
    return press.slot !== null;
  });
  return (
    <fieldset className="preview-reasons" aria-label={t("monitor.whyNoise")}>
      {noiseCodes.map((code, nth) => (
        <button key={code} type="button" disabled={sorting.isSending} onClick={() => choose(code)}>
          <kbd>{slotKeys[nth]}</kbd> {pick(noiseReasons[code])}
        </button>
      ))}
      {isOther ? (
        <Input.Search
          autoFocus
          maxLength={2_000}
          value={note}
          placeholder={t("item.otherReason")}
          aria-label={t("item.otherReason")}
          enterButton={t("action.confirm")}
          onChange={(event) => setNote(event.target.value)}
          onSearch={(text) => text.trim() !== "" && sorting.discard("other", text.trim())}
          onKeyDown={(event) => event.key === "Escape" && sorting.cancel()}
        />
      ) : null}
      <Button size="small" onClick={sorting.cancel}>
        {t("action.cancel")} (Esc)
      </Button>
    </fieldset>
  );
}
