import { registerGetCase } from "./cases/get-case.ts";
import { registerListCases } from "./cases/list-cases.ts";
import { registerUpdateCase } from "./cases/update-case.ts";
import { registerGetClipMedia } from "./clips/get-clip-media.ts";
import { registerGetClipStill } from "./clips/get-clip-still.ts";
import { registerGetClue } from "./clues/get-clue.ts";
import { registerLeaseClue } from "./clues/lease-clue.ts";
import { registerListClues } from "./clues/list-clues.ts";
import { registerMoveClue } from "./clues/move-clue.ts";
import { registerCheckCustody } from "./custody/check-custody.ts";
import { registerListCustody } from "./custody/list-custody.ts";
import { registerAddClockSample } from "./devices/add-clock-sample.ts";
import { registerAddDeviceRecord } from "./devices/add-device-record.ts";
import { registerGetDevice } from "./devices/get-device.ts";
import { registerWithdrawDeviceRecord } from "./devices/withdraw-device-record.ts";
import { registerDraftDocument } from "./documents/draft-document.ts";
import { registerGetDocumentFile } from "./documents/get-document-file.ts";
import { registerGetEvidenceMedia } from "./evidence/get-evidence-media.ts";
import { registerListIntake } from "./intake/list-intake.ts";
import { registerChangePerson } from "./people/change-person.ts";
import { registerCreatePerson } from "./people/create-person.ts";
import { registerListPeople } from "./people/list-people.ts";
import type { RegisterRoute } from "./route.ts";
import { registerListSeeded } from "./seeded/list-seeded.ts";
import { registerPlantSeeded } from "./seeded/plant-seeded.ts";
import { registerWithdrawSeeded } from "./seeded/withdraw-seeded.ts";
import { registerCloseSession } from "./session/close-session.ts";
import { registerGetSession } from "./session/get-session.ts";
import { registerOpenSession } from "./session/open-session.ts";
import { registerCreateScene } from "./sources/create-scene.ts";
import { registerGetSource } from "./sources/get-source.ts";
import { registerListSources } from "./sources/list-sources.ts";
import { registerTryScene } from "./sources/try-scene.ts";
import { registerGetOpenapi } from "./status/get-openapi.ts";
import { registerGetStatus } from "./status/get-status.ts";
import { registerApproveSuppression } from "./suppressions/approve-suppression.ts";
import { registerListSuppressions } from "./suppressions/list-suppressions.ts";
import { registerRevokeSuppression } from "./suppressions/revoke-suppression.ts";

/** Every route of the API. A new one is one file and one line here. */
export const routes: readonly RegisterRoute[] = [
  registerOpenSession,
  registerGetSession,
  registerCloseSession,
  registerListPeople,
  registerCreatePerson,
  registerChangePerson,
  registerGetStatus,
  registerGetOpenapi,
  registerListSources,
  registerGetSource,
  registerTryScene,
  registerGetDevice,
  registerAddDeviceRecord,
  registerWithdrawDeviceRecord,
  registerAddClockSample,
  registerCreateScene,
  registerListIntake,
  registerListClues,
  registerGetClue,
  registerMoveClue,
  registerLeaseClue,
  registerGetEvidenceMedia,
  registerGetClipMedia,
  registerGetClipStill,
  registerListSuppressions,
  registerApproveSuppression,
  registerRevokeSuppression,
  registerListSeeded,
  registerPlantSeeded,
  registerWithdrawSeeded,
  registerListCases,
  registerGetCase,
  registerUpdateCase,
  registerDraftDocument,
  registerGetDocumentFile,
  registerListCustody,
  registerCheckCustody,
];
