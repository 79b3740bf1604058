import { FilePdfOutlined, FileWordOutlined } from "@ant-design/icons";
import { reasonTextIn } from "@mingcha/models/clue";
import type { ClueDetail } from "@mingcha/models/http";
import { Button } from "antd";
import { correctionOrderUrl, stillUrl } from "../../../api/media.ts";
import { Badge, type BadgeTone } from "../../../components/badges.tsx";
import { Copyable } from "../../../components/copyable.tsx";
import { Panel } from "../../../components/page.tsx";
import { formatInstant } from "../../../lib/format-time.ts";
import { useText } from "../../../lib/use-text.ts";
import { usePerson } from "../../../session/person.tsx";

type Dissuasion = ClueDetail["dissuasions"][number];
const channelKeys = { sms: "sms", voice: "voice", on_site: "onSite" } as const;
const tones: Record<Dissuasion["outcome"], BadgeTone> = {
  pending: "plain",
  sent: "good",
  recorded: "warn",
  done: "good",
  failed: "bad",
};

const given: readonly Dissuasion["outcome"][] = ["done", "sent", "recorded"];

/** Attempts to dissuade and what was seen after the time allowed, with the words that went with the last step. */
export function Dissuasions({ clue }: { clue: ClueDetail }) {
  const { t, pick } = useText();
  const { duties } = usePerson();
  const { state, note, closeReason, closingReasons, dissuasions } = clue;
  if (note === null && closeReason === null && dissuasions.length === 0) return null;
  const reason =
    closeReason === null
      ? null
      : pick(reasonTextIn(state, closeReason, closingReasons) ?? { zh: closeReason, en: closeReason });
  return (
    <Panel title={t("item.dissuasion.title")}>
      {note === null ? null : (
        <p>
          {t("item.stepNote")}: {note}
        </p>
      )}
      {reason === null ? null : (
        <p>
          {t("item.closeReason")}: {reason}
        </p>
      )}
      <ul className="dissuasions">
        {dissuasions.map((one) => (
          <li key={one.id}>
            <div className="history-head">
              <b>{t(`item.dissuasion.channels.${channelKeys[one.channel]}`)}</b>
              <Badge tone={tones[one.outcome]}>{t(`item.dissuasion.outcome.${one.outcome}`)}</Badge>
              <span>{one.recipient}</span>
              <span>{t("item.dissuasion.by", { name: one.by, time: formatInstant(one.sentAt, clue.timezone) })}</span>
            </div>
            <p className="dissuasion-text">{one.text}</p>
            <p>
              {t("item.dissuasion.correctBy")} {formatInstant(one.correctBy, clue.timezone)}
            </p>
            <LookAgain one={one} timezone={clue.timezone} />
          </li>
        ))}
      </ul>
      {duties.includes("handler") && dissuasions.some(({ outcome }) => given.includes(outcome)) ? (
        <p className="dissuasion-paper">
          <span>{t("item.dissuasion.paper")}</span>
          <Button
            size="small"
            icon={<FilePdfOutlined />}
            href={correctionOrderUrl(clue.id, "pdf")}
            aria-label={t("item.dissuasion.paperAs", { format: "PDF" })}
          >
            PDF
          </Button>
          <Button
            size="small"
            icon={<FileWordOutlined />}
            href={correctionOrderUrl(clue.id, "docx")}
            aria-label={t("item.dissuasion.paperAs", { format: "DOCX" })}
          >
            DOCX
          </Button>
        </p>
      ) : null}
    </Panel>
  );
}

/** The first frame after the time allowed; whether it was corrected a person says. */
function LookAgain({ one, timezone }: { one: Dissuasion; timezone: string }) {
  const { t } = useText();
  if (one.look === null)
    return (
      <p className="dissuasion-text">
        {t(Date.parse(one.correctBy) > Date.now() ? "item.dissuasion.waiting" : "item.dissuasion.noLook")}
      </p>
    );
  const { look } = one;
  return (
    <figure className="dissuasion-look">
      <img src={stillUrl(look.clipId, look.offsetMs, 640)} alt={t("item.dissuasion.lookAt", { time: look.at })} />
      <figcaption>
        {t("item.dissuasion.lookAt", { time: formatInstant(look.at, timezone) })} ·{" "}
        {t(`item.dissuasion.lookState.${look.state ?? "unknown"}`)}. {t("item.dissuasion.lookHint")}
        {look.sha256 === null ? null : (
          <span className="dissuasion-hash">
            {t("cases.parent")} SHA-256 <Copyable hash value={look.sha256} />
          </span>
        )}
      </figcaption>
    </figure>
  );
}
