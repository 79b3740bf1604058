import type { CaseDetail } from "@mingcha/models/http";
import { Alert, Image } from "antd";
import { clipUrl, pictureUrl } from "../../api/media.ts";
import { Copyable } from "../../components/copyable.tsx";
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
          type="warning"
          showIcon
          title={t("cases.leftOut", { total: leftOut.items })}
          description={t("cases.leftOutWhy", { why: pick(leftOut) })}
        />
        <OnSitePanel clueId={detail.clueId} timezone={caseTimezone} version={detail.version} />
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
      <OnSitePanel clueId={detail.clueId} timezone={caseTimezone} version={detail.version} />
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
