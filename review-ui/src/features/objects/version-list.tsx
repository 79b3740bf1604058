import type { ObjectVersionView } from "@mingcha/models/http";
import { type ObjectKind, objectColumns } from "@mingcha/models/objects";
import { Badge } from "../../components/badges.tsx";
import { Panel } from "../../components/page.tsx";
import { formatInstant } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";
import { registerTimezone } from "./timezone.ts";

/** Every version, newest first: who changed what, when and why. */
export function VersionList({ versions, kind }: { versions: readonly ObjectVersionView[]; kind: ObjectKind }) {
  const { t, pick } = useText();
  const titleOf = (field: string): string => {
    const column = objectColumns[kind].find((one) => one.field === field);
    return column === undefined ? t("objects.pledges") : pick(column.title);
  };
  return (
    <Panel title={t("objects.history", { total: versions.length })}>
      <ol className="objects-versions">
        {versions.map((version) => (
          <li key={version.version}>
            <div className="objects-version-head">
              <b>v{version.version}</b>
              <Badge tone={version.action === "closed" ? "warn" : "plain"}>
                {t(`objects.action.${version.action}`)}
              </Badge>
              <span>
                {version.by === null
                  ? t("objects.demo")
                  : t("objects.historyBy", {
                      name: version.by,
                      time: formatInstant(version.at, registerTimezone).slice(0, 16),
                    })}
              </span>
              {version.sheetSha256 === null ? null : (
                <Badge tone="info" title={`SHA-256 ${version.sheetSha256}`}>
                  {t("objects.fromSheet")}
                </Badge>
              )}
            </div>
            {version.reason === null ? null : (
              <p className="objects-hint">
                {t("objects.reason")}: {version.reason}
              </p>
            )}
            <ul>
              {version.changes.map((change) => (
                <li key={change.field} className="objects-version-change">
                  <span>{titleOf(change.field)}</span>
                  {change.before === null && change.after === null ? (
                    <span className="objects-none">{t("objects.valueHidden")}</span>
                  ) : (
                    <span>
                      <del>{change.before ?? "—"}</del> → <ins>{change.after ?? "—"}</ins>
                    </span>
                  )}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
