import { Badge } from "../../../components/badges.tsx";
import { useText } from "../../../lib/use-text.ts";

/** Entries of a device's record that have a name in both languages; others show under the name they were given. */
const knownKeys = [
  "legalReview",
  "technicalReview",
  "standard",
  "sign",
  "published",
  "installation",
  "metrology",
  "maintenance",
] as const;

/** The compliance record as it stood at capture time (domain D.6). An empty one is said, not hidden. */
export function ComplianceList({ compliance }: { compliance: Readonly<Record<string, unknown>> }) {
  const { t } = useText();
  const entries = Object.entries(compliance);
  if (entries.length === 0) return <p className="compliance-none">{t("item.noCompliance")}</p>;
  return (
    <dl className="compliance">
      {entries.map(([key, value]) => {
        const known = knownKeys.find((item) => item === key);
        return (
          <div key={key}>
            <dt>{known ? t(`compliance.${known}`) : key}</dt>
            <dd>
              <Value value={value} />
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

function Value({ value }: { value: unknown }) {
  const { t } = useText();
  if (value === null || value === undefined || value === "") return <Badge tone="warn">{t("item.unknown")}</Badge>;
  if (typeof value === "boolean")
    return <Badge tone={value ? "good" : "bad"}>{value ? t("answer.yes") : t("answer.no")}</Badge>;
  if (typeof value !== "object") return String(value);
  return Object.values(value)
    .filter((item) => item !== null && item !== "")
    .map((item) => (typeof item === "object" ? JSON.stringify(item) : String(item)))
    .join(" · ");
}
