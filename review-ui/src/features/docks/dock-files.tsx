import { coversDistrict } from "@mingcha/models";
import {
  type DockFileState,
  type DockFileStep,
  dockCloseCauses,
  dockDuties,
  dockFileStates,
  dockFileSteps,
} from "@mingcha/models/dock";
import type { DockDetail, DockFileView } from "@mingcha/models/http";
import { Button } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { mayOpen } from "../../app/navigation.ts";
import { Badge, type BadgeTone } from "../../components/badges.tsx";
import { formatInstant } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";
import { holdsAny, usePerson } from "../../session/person.tsx";
import { FileClaims } from "./file-claims.tsx";
import { FileDialog } from "./file-dialog.tsx";

const tones: Record<DockFileState, BadgeTone> = {
  noticed: "info",
  verified: "info",
  taken: "good",
  mismatch: "bad",
  missing: "bad",
  refused: "bad",
};

interface DockFileRowsProps {
  readonly dock: Pick<DockDetail, "sn" | "source">;
  readonly files: readonly DockFileView[];
  readonly timezone: string;
}

/** Files of a dock, each with what became of it and why; what does not fit can be closed here. */
export function DockFileRows({ dock: { sn, source }, files, timezone }: DockFileRowsProps) {
  const { t, pick } = useText();
  const person = usePerson();
  const [asked, setAsked] = useState<{ readonly file: DockFileView; readonly step: DockFileStep } | null>(null);
  const seesFlights = mayOpen("upload", person.duties);
  const isOurs = ({ source: own }: DockFileView) => own === null || coversDistrict(person.districts, own.district);
  const stepsOf = (file: DockFileView): DockFileStep[] => {
    if (!isOurs(file)) return [];
    const mayClose = holdsAny(person, dockDuties.close);
    const mayAdmit = holdsAny(person, dockDuties.admit) && file.awaits && file.admissible !== null;
    return [
      ...(mayClose && file.awaits ? (["close"] as const) : []),
      ...(mayClose && file.closed !== null ? (["reopen"] as const) : []),
      ...(mayAdmit ? (["admit"] as const) : []),
    ];
  };
  return (
    <ul className="docks-files">
      {asked === null ? null : <FileDialog sn={sn} {...asked} onClose={() => setAsked(null)} />}
      {files.map((file) => (
        <li key={file.id}>
          <span className="docks-file-name">{file.name}</span>
          <span className="docks-file-marks">
            <Badge tone={file.closed === null ? tones[file.state] : "plain"}>{pick(dockFileStates[file.state])}</Badge>
            {file.foundBy === "sweep" ? <Badge title={t("docks.bySweepHint")}>{t("docks.bySweep")}</Badge> : null}
            {file.isDuplicate ? <Badge title={t("docks.duplicateHint")}>{t("docks.duplicate")}</Badge> : null}
            {file.isPositioning ? <Badge title={t("docks.positioningHint")}>{t("docks.positioning")}</Badge> : null}
          </span>
          <span className="docks-soft">
            {file.source === null || file.source.id === source?.id
              ? ""
              : `${t("docks.ofSource", { name: file.source.name })} · `}
            {formatInstant(file.stateAt, timezone)}
            {file.sizeBytes === null ? "" : ` · ${(file.sizeBytes / 1e6).toFixed(1)} MB`}
            {file.flightId === null || !seesFlights ? null : (
              <>
                {" · "}
                <Link to={`/upload/flights/${file.flightId}`}>{t("docks.toFlight")}</Link>
              </>
            )}
          </span>
          {file.reason === null ? null : (
            <p className={file.closed === null ? "docks-bad" : "docks-soft"}>{pick(file.reason)}</p>
          )}
          {file.closed === null ? null : (
            <p className="docks-closed">
              {t("docks.closedLine", {
                cause: pick(dockCloseCauses[file.closed.cause]),
                reason: file.closed.reason,
                by: file.closed.by,
                time: formatInstant(file.closed.at, timezone),
              })}
            </p>
          )}
          {file.admitted === null ? null : <p className="docks-warn">{pick(file.admitted)}</p>}
          {file.checks.map((check) => (
            <p key={check.en} className="docks-warn">
              {pick(check)}
            </p>
          ))}
          {file.hasClaims ? <Claims sn={sn} fileId={file.id} timezone={timezone} /> : null}
          <span className="docks-steps">
            {stepsOf(file).map((step) => (
              <Button key={step} size="small" onClick={() => setAsked({ file, step })}>
                {pick(dockFileSteps[step])}
              </Button>
            ))}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Folded, and asked for only when it is opened. */
function Claims(props: React.ComponentProps<typeof FileClaims>) {
  const { t } = useText();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details className="docks-claims-of" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>{t("docks.claims.title")}</summary>
      {isOpen ? <FileClaims {...props} /> : null}
    </details>
  );
}
