import { type DockFileState, dockFileStates } from "@mingcha/models/dock";
import type { DockFileView } from "@mingcha/models/http";
import { Link } from "react-router";
import { mayOpen } from "../../app/navigation.ts";
import { Badge, type BadgeTone } from "../../components/badges.tsx";
import { formatInstant } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";
import { usePerson } from "../../session/person.tsx";

const tones: Record<DockFileState, BadgeTone> = {
  noticed: "info",
  verified: "info",
  taken: "good",
  mismatch: "bad",
  missing: "bad",
  refused: "bad",
};

/** Files of a dock, each with what became of it and why. */
export function DockFileRows({ files, timezone }: { files: readonly DockFileView[]; timezone: string }) {
  const { t, pick } = useText();
  const { duties } = usePerson();
  const seesFlights = mayOpen("upload", duties);
  return (
    <ul className="docks-files">
      {files.map((file) => (
        <li key={file.id}>
          <span className="docks-file-name">{file.name}</span>
          <span className="docks-file-marks">
            <Badge tone={tones[file.state]}>{pick(dockFileStates[file.state])}</Badge>
            {file.foundBy === "sweep" ? <Badge title={t("docks.bySweepHint")}>{t("docks.bySweep")}</Badge> : null}
            {file.isPositioning ? <Badge title={t("docks.positioningHint")}>{t("docks.positioning")}</Badge> : null}
          </span>
          <span className="docks-soft">
            {formatInstant(file.stateAt, timezone)}
            {file.sizeBytes === null ? "" : ` · ${(file.sizeBytes / 1e6).toFixed(1)} MB`}
            {file.flightId === null || !seesFlights ? null : (
              <>
                {" · "}
                <Link to={`/upload/flights/${file.flightId}`}>{t("docks.toFlight")}</Link>
              </>
            )}
          </span>
          {file.reason === null ? null : <p className="docks-bad">{pick(file.reason)}</p>}
          {file.checks.map((check) => (
            <p key={check.en} className="docks-warn">
              {pick(check)}
            </p>
          ))}
        </li>
      ))}
    </ul>
  );
}
