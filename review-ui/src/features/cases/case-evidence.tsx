import type { CaseDetail } from "@mingcha/models/http";
import { Alert, Image } from "antd";
import { clipUrl, pictureUrl, stillUrl } from "../../api/media.ts";
import { Copyable } from "../../components/copyable.tsx";
import { RecordingsPanel } from "../../components/field/recordings-panel.tsx";
import { OnSitePanel } from "../../components/on-site/on-site-panel.tsx";
import { Panel } from "../../components/page.tsx";
import { formatBytes } from "../../lib/format-quantity.ts";
import { formatInstantExact } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";
import { caseTimezone } from "./case-timezone.ts";

/** Evidence pictures with what each proves, and the originals they were cut from; where they are no evidence, why. */
export function CaseEvidence({ detail }: { detail: CaseDetail }) {
  const { t, pick } = useText();
  const { leftOut } = detail;
  if (leftOut !== null)
    return (
      <>
        <Alert
          className="case-left-out"
          type="warning"
          showIcon
          title={t("cases.leftOut", { total: leftOut.items })}
          description={t("cases.leftOutWhy", { why: pick(leftOut) })}
        />
        <OnSitePanel clueId={detail.clueId} timezone={caseTimezone} version={detail.version} />
        <RecordingsPanel clueId={detail.clueId} version={detail.version} />
      </>
    );
  return (
    <>
      <Panel title={t("cases.evidence", { total: detail.evidence.length })} extra={t("cases.custodyHint")}>
        <Image.PreviewGroup>
          <ol className="case-evidence">
            {detail.evidence.map((item, index) => (
              <li key={item.id}>
                {item.mediaType.startsWith("image/") ? (
                  <Image src={pictureUrl(item.id)} alt={item.proves} width="100%" loading="lazy" />
                ) : (
                  <a href={pictureUrl(item.id)}>{t("action.download")}</a>
                )}
                <div className="case-evidence-text">
                  <b>
                    {index + 1}. {t(`item.kind.${item.kind}`)}
                  </b>
                  <span>{item.proves}</span>
                  <small>{formatInstantExact(item.capturedAt, caseTimezone)}</small>
                  <small>
                    {item.widthPx}×{item.heightPx} · {formatBytes(item.sizeBytes)}
                  </small>
                  <small>
                    SHA-256 <Copyable hash value={item.sha256} />
                  </small>
                  <small>
                    {t("cases.parent")} <Copyable hash value={item.parentSha256} />
                  </small>
                </div>
              </li>
            ))}
          </ol>
        </Image.PreviewGroup>
      </Panel>
      <Rechecks detail={detail} />
      <OnSitePanel clueId={detail.clueId} timezone={caseTimezone} version={detail.version} />
      <RecordingsPanel clueId={detail.clueId} version={detail.version} />
      <Panel title={t("cases.originals", { total: detail.originals.length })}>
        <ul className="case-originals">
          {detail.originals.map((item) => (
            <li key={item.clipId}>
              <a href={clipUrl(item.clipId)} download={item.fileName}>
                {item.fileName}
              </a>
              <span>{formatInstantExact(item.startedAt, caseTimezone)}</span>
              <span>{formatBytes(item.sizeBytes)}</span>
              <Copyable hash value={item.sha256} />
            </li>
          ))}
        </ul>
      </Panel>
    </>
  );
}

/** What was looked at again after each order to correct. */
function Rechecks({ detail: { rechecks } }: { detail: CaseDetail }) {
  const { t } = useText();
  if (rechecks.length === 0) return null;
  return (
    <Panel title={t("cases.rechecks", { total: rechecks.length })} extra={t("cases.rechecksHint")}>
      <ol className="case-evidence">
        {rechecks.map((item) => (
          <li key={`${item.correctBy} ${item.clipId}`}>
            <Image src={stillUrl(item.clipId, item.offsetMs)} alt={t("cases.recheck")} width="100%" loading="lazy" />
            <div className="case-evidence-text">
              <b>{t("cases.recheck")}</b>
              <span>{t(`item.dissuasion.lookState.${item.state ?? "unknown"}`)}</span>
              <small>{formatInstantExact(item.at, caseTimezone)}</small>
              <small>
                {t("item.dissuasion.correctBy")} {formatInstantExact(item.correctBy, caseTimezone)}
              </small>
              {item.pictureSha256 === null ? null : (
                <small>
                  SHA-256 <Copyable hash value={item.pictureSha256} />
                </small>
              )}
              <small>
                {t("cases.parent")} <Copyable hash value={item.sha256} />
              </small>
            </div>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
