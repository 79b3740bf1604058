import type { Database } from "@mingcha/infra/db";
import type { MediaTools } from "@mingcha/infra/media";
import type { StillProcess } from "@mingcha/infra/stills";
import type { ObjectStore } from "@mingcha/infra/storage";
import type { Manifest } from "@mingcha/models/onnx";
import type { StagesProcess } from "../attributes/stages-process.ts";
import type { LookOutcome } from "../runtime/inference-process.ts";
import type { LookTask } from "../runtime/take-looks.ts";

/** What the detector's jobs reach the world through. */
export interface DetectorDeps {
  readonly db: Database;
  readonly store: ObjectStore;
  readonly tools: MediaTools;
  readonly model: Pick<Manifest, "id" | "sha256">;
  /** Second looks at crops; left out where no such model is at hand: then a person judges without help. */
  readonly judge?: StagesProcess["judge"];
  /** Cuts one evidence picture; elsewhere than in the process that holds jobs. */
  readonly renderStill: StillProcess["render"];
  readonly inference: { readonly look: (task: LookTask) => Promise<LookOutcome> };
}
