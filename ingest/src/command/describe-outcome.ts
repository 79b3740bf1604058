import type { ClipModel, IntakeModel } from "@mingcha/infra/db";

/** What became of a file, as one line. */
export function describeOutcome(intake: IntakeModel, clip: ClipModel | null): string {
  const { fileName } = intake;
  switch (intake.state) {
    case "STORED":
      return clip
        ? `${fileName}: stored as clip ${clip.id}, source ${clip.sourceId}, starts ${clip.startedAt.toISOString()} (${clip.startMethod}, ±${clip.startUncertaintyMs / 1000} s)`
        : `${fileName}: telemetry stored`;
    case "DUPLICATE":
      return `${fileName}: already here as clip ${intake.clipId ?? "?"}`;
    case "QUARANTINED":
      return `${fileName}: refused, ${intake.reasonEn ?? intake.reasonCode ?? "no reason noted"}`;
    case "WAITING":
      return `${fileName}: still waiting${intake.reasonEn === null ? "" : `, ${intake.reasonEn}`}`;
  }
}
