import { FilePdfOutlined, FileWordOutlined } from "@ant-design/icons";
import type { CaseDetail } from "@mingcha/models/http";
import { Button } from "antd";
import dayjs from "dayjs";
import { useDraftDocument } from "../../api/cases.ts";
import { documentUrl } from "../../api/media.ts";
import { Badge } from "../../components/badges.tsx";
import { Copyable } from "../../components/copyable.tsx";
import { ErrorPanel, Panel } from "../../components/page.tsx";
import { useText } from "../../lib/use-text.ts";

type DocumentSlot = CaseDetail["documents"][number];

/** Every template with its newest draft. A draft is made from the facts as they are; what is missing stays a visible blank. */
export function CaseDocuments({ detail }: { detail: CaseDetail }) {
  const { t } = useText();
  const draft = useDraftDocument(detail.id);
  return (
    <Panel title={t("cases.documents")} extra={t("cases.documentsHint")}>
      {draft.isError ? <ErrorPanel error={draft.error} /> : null}
      <ul className="case-documents">
        {detail.documents.map((slot) => (
          <DocumentRow
            key={slot.template}
            slot={slot}
            mayDraft={detail.mayEdit}
            drafting={draft.isPending && draft.variables === slot.template}
            onDraft={() => draft.mutate(slot.template)}
          />
        ))}
      </ul>
    </Panel>
  );
}

interface DocumentRowProps {
  readonly slot: DocumentSlot;
  readonly mayDraft: boolean;
  readonly drafting: boolean;
  readonly onDraft: () => void;
}

function DocumentRow({ slot, mayDraft, drafting, onDraft }: DocumentRowProps) {
  const { t, pick } = useText();
  const { latest } = slot;
  return (
    <li>
      <div className="case-document-head">
        <b>{pick({ zh: slot.titleZh, en: slot.titleEn })}</b>
        {latest ? (
          <Badge tone={latest.missing.length === 0 ? "good" : "warn"}>
            {t("cases.version", { version: latest.version })}
          </Badge>
        ) : null}
        <span className="case-document-actions">
          {latest ? (
            <>
              <Button size="small" icon={<FilePdfOutlined />} href={documentUrl(latest.id, "pdf")} target="_blank">
                PDF
              </Button>
              <Button size="small" icon={<FileWordOutlined />} href={documentUrl(latest.id, "docx")}>
                DOCX
              </Button>
            </>
          ) : null}
          {mayDraft ? (
            <Button size="small" type={latest ? "default" : "primary"} loading={drafting} onClick={onDraft}>
              {latest ? t("cases.draftAgain") : t("cases.draft")}
            </Button>
          ) : null}
        </span>
      </div>
      {latest ? (
        <div className="case-document-body">
          {latest.missing.length > 0 ? (
            <p className="case-missing">
              {t("cases.missing", { total: latest.missing.length })}
              {latest.missing.map((item) => (
                <span key={item.field} className="case-blank">
                  {pick(item)}
                </span>
              ))}
            </p>
          ) : null}
          <small>
            {dayjs(latest.createdAt).format("YYYY-MM-DD HH:mm")} · PDF <Copyable hash value={latest.pdfSha256} /> · DOCX{" "}
            <Copyable hash value={latest.docxSha256} />
          </small>
        </div>
      ) : null}
    </li>
  );
}
