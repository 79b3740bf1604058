import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import { type DockFileReason, dockFileReasons, saidSchema } from "@mingcha/models/dock";
import { isoInZone } from "@mingcha/models/scene";

interface Admission {
  readonly reasonCode: string | null;
  readonly reason: string;
  readonly createdAt: Date;
  readonly etag: string | null;
  readonly by: string;
  /** What the message said, and the size of the object that is meant; null: not known yet. */
  readonly said: unknown;
  readonly sizeBytes: bigint | null;
}

type Text = { readonly zh: string; readonly en: string };

/** What is told wherever a file stands that was taken in though it did not agree: what differed, who decided, when and why. */
export function admissionText({ reasonCode, reason, createdAt, etag, by, said, sizeBytes }: Admission): Text {
  const differs = isReason(reasonCode) ? dockFileReasons[reasonCode] : { zh: reasonCode ?? "", en: reasonCode ?? "" };
  const saidBytes = saidSchema.safeParse(said).data?.sizeBytes ?? null;
  const isSize = saidBytes !== null && sizeBytes !== null && BigInt(saidBytes) !== sizeBytes;
  const sizes = isSize
    ? {
        zh: `（通知 ${saidBytes} 字节，文件 ${sizeBytes} 字节）`,
        en: ` (message ${saidBytes} bytes, file ${sizeBytes} bytes)`,
      }
    : { zh: "", en: "" };
  // as papers print times
  const at = isoInZone(createdAt.getTime(), "Asia/Shanghai").slice(0, 16).replace("T", " ");
  return {
    zh: `与机场通知不符：${differs.zh}${sizes.zh}。${by} ${at}（北京时间）决定照原样入库（对象 ${etag}）：${reason}`,
    en: `It does not agree with the dock's message: ${differs.en}${sizes.en}. Taken in as it is (object ${etag}) by decision of ${by}, ${at} Beijing time: ${reason}`,
  };
}

const isReason = (code: string | null): code is DockFileReason => code !== null && Object.hasOwn(dockFileReasons, code);

type Clips = readonly { readonly id: string }[];
type Row = Admission & { readonly clipId: string; readonly personId: string };

/** Read from the decisions themselves, which nobody can change. */
async function loadAdmissions(db: Pick<DatabaseOrTransaction, "$queryRaw">, clips: Clips): Promise<Row[]> {
  if (clips.length === 0) return [];
  return db.$queryRaw<Row[]>`
    select c.id as "clipId", d.person_id::text as "personId", d.reason_code as "reasonCode", d.reason, d.created_at as "createdAt", d.etag,
      p.name as by, f.said, f.size_bytes as "sizeBytes"
    from clip c
      join intake i on i.id = c.intake_id and i.via = 'dock'
      join dock_file f on f.intake_id = i.id
      join dock_file_decision d on d.file_id = f.id and d.ordinal = f.admission
      join person p on p.id = d.person_id
    where c.id = any(${clips.map(({ id }) => id)}::uuid[])`;
}

/** People on whose word some clips were taken in: they vouched for where these come from, and judge nothing on them. */
export const admitterIdsOf = async (db: Pick<DatabaseOrTransaction, "$queryRaw">, clips: Clips): Promise<string[]> =>
  (await loadAdmissions(db, clips)).map(({ personId }) => personId);

/** The marks of clips that were made of such a file. */
export const admissionsOf = async (
  db: Pick<DatabaseOrTransaction, "$queryRaw">,
  clips: Clips,
): Promise<Map<string, Text>> =>
  new Map((await loadAdmissions(db, clips)).map((row) => [row.clipId, admissionText(row)]));
