import { appendCustody } from "@mingcha/infra/custody";
import { AppError } from "@mingcha/models";
import { deletionPaper } from "@mingcha/models/documents";
import type { certificatePaperQuerySchema } from "@mingcha/models/http";
import { localDay } from "@mingcha/models/profile";
import type { z } from "zod";
import { bureauFacts } from "../cases/facts-of-profile.ts";
import type { Deps } from "../deps.ts";
import { renderDocx } from "../documents/render-docx.ts";
import { renderPdf } from "../documents/render-pdf.ts";
import type { SignedIn } from "../people/sessions.ts";
import { viewCertificates } from "./list-certificates.ts";

type Query = z.output<typeof certificatePaperQuerySchema>;
/** Longest paper; more days' certificates are printed in parts. */
const itemsMax = 500;

/** One certificate, or all of some days of the bureau, of whichever district (reading is bureau-wide), as a paper; who took it out stands in the custody log. */
export async function printCertificates(
  deps: Deps,
  { id, from, to, format }: Query,
  person: SignedIn,
): Promise<{ bytes: Uint8Array; name: string }> {
  const { db, profile } = deps;
  const days = id === undefined && from !== undefined && to !== undefined ? { from, to } : null;
  const rows =
    days === null
      ? await db.deletionCertificate.findMany({ where: { id: id ?? "" } })
      : await db.deletionCertificate.findMany({
          where: {
            decidedAt: {
              gte: new Date(Date.parse(`${days.from}T00:00:00Z`) - 86_400_000),
              lt: new Date(Date.parse(`${days.to}T00:00:00Z`) + 2 * 86_400_000),
            },
          },
          orderBy: { number: "asc" },
          take: 4 * itemsMax,
        });
  const wanted = rows.filter(({ decidedAt }) => {
    const day = localDay(decidedAt, profile.timezone);
    return days === null || (day >= days.from && day <= days.to);
  });
  if (wanted.length === 0) throw new AppError("NOT_FOUND", {}, { detail: "no certificate" });
  if (wanted.length > itemsMax)
    throw new AppError("BAD_INPUT", {
      reason: `所选日期有 ${wanted.length} 项以上，超过一份的上限 ${itemsMax} 项，请缩短日期 / more than ${itemsMax} certificates; choose fewer days`,
    });
  const layout = deletionPaper({
    bureau: bureauFacts(profile),
    items: await viewCertificates(deps, wanted),
    days,
    printedAt: deps.now().toISOString(),
  });
  const bytes = format === "pdf" ? await renderPdf(layout) : await renderDocx(layout);
  await db.$transaction((tx) =>
    appendCustody(tx, {
      action: "retention.exported",
      subject: "retention:certificates",
      actor: { kind: "person", id: person.id, name: person.name },
      detail: { format, ...(days ?? {}), numbers: wanted.map(({ number }) => number) },
    }),
  );
  const [first] = wanted;
  const name =
    days === null ? `影像删除证明-${String(first?.number).padStart(6, "0")}` : `影像删除证明-${days.from}-${days.to}`;
  return { bytes, name: `${name}.${format}` };
}
