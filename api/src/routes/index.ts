import { registerGetCase } from "./cases/get-case.ts";
import { registerListCases } from "./cases/list-cases.ts";
import { registerUpdateCase } from "./cases/update-case.ts";
import { registerGetClipMedia } from "./clips/get-clip-media.ts";
import { registerGetClipStill } from "./clips/get-clip-still.ts";
import { registerAskClockMeasurement } from "./clocks/ask-clock-measurement.ts";
import { registerGetClock } from "./clocks/get-clock.ts";
import { registerGetClue } from "./clues/get-clue.ts";
import { registerGetCorrectionOrder } from "./clues/get-correction-order.ts";
import { registerLeaseClue } from "./clues/lease-clue.ts";
import { registerListClues } from "./clues/list-clues.ts";
import { registerMoveClue } from "./clues/move-clue.ts";
import { registerSetPriority } from "./clues/set-priority.ts";
import { registerCheckCustody } from "./custody/check-custody.ts";
import { registerListCustody } from "./custody/list-custody.ts";
import { registerAddAttachment, registerWithdrawAttachment } from "./devices/add-attachment.ts";
import { registerAddClockSample } from "./devices/add-clock-sample.ts";
import { registerAddDeviceRecord } from "./devices/add-device-record.ts";
import { registerGetAttachmentMedia } from "./devices/get-attachment-media.ts";
import { registerGetDevice } from "./devices/get-device.ts";
import { registerWithdrawDeviceRecord } from "./devices/withdraw-device-record.ts";
import { registerDecideDockFile } from "./docks/decide-file.ts";
import { registerGetDock } from "./docks/get-dock.ts";
import { registerGetDockFileClaims } from "./docks/get-dock-file-claims.ts";
import { registerListDocks } from "./docks/list-docks.ts";
import { registerSetDock } from "./docks/set-dock.ts";
import { registerDraftDocument } from "./documents/draft-document.ts";
import { registerGetDocumentFile } from "./documents/get-document-file.ts";
import { registerGetEvidenceMedia } from "./evidence/get-evidence-media.ts";
import { registerGetSmallPicture } from "./evidence/get-small-picture.ts";
import { registerDecideFieldRecording } from "./field/decide-recording.ts";
import { registerGetClueRecordings } from "./field/get-clue-recordings.ts";
import { registerGetLookPlace } from "./field/get-look-place.ts";
import { registerGetPatrolRun, registerListPatrolRuns } from "./field/get-patrol-runs.ts";
import { registerGetFieldRecording } from "./field/get-recording.ts";
import { registerCountFieldRecordings, registerListFieldRecordings } from "./field/list-recordings.ts";
import { registerFlightChecks } from "./flights/flight-checks.ts";
import { registerGetFlightGround } from "./flights/get-flight-ground.ts";
import { registerListFlights } from "./flights/list-flights.ts";
import { registerStateFlight } from "./flights/state-flight.ts";
import { registerListIntake } from "./intake/list-intake.ts";
import { registerStreamChanges } from "./live/stream-changes.ts";
import { registerGetMapBase } from "./map/get-map-base.ts";
import { registerListMapFlags } from "./map/list-map-flags.ts";
import { registerChangeObject } from "./objects/change-object.ts";
import { registerCloseObject } from "./objects/close-object.ts";
import { registerConfirmMatch } from "./objects/confirm-match.ts";
import { registerCreateObject } from "./objects/create-object.ts";
import { registerExportObjects } from "./objects/export-objects.ts";
import { registerGetClueObjects } from "./objects/get-clue-objects.ts";
import { registerGetObject } from "./objects/get-object.ts";
import { registerGetTemplate } from "./objects/get-template.ts";
import { registerImportObjects } from "./objects/import-objects.ts";
import { registerListObjects } from "./objects/list-objects.ts";
import { registerPreviewImport } from "./objects/preview-import.ts";
import { registerWithdrawMatch } from "./objects/withdraw-match.ts";
import { registerAddPhoto } from "./on-site/add-photo.ts";
import { registerDispatchAgain } from "./on-site/dispatch-again.ts";
import { registerGetClueChecks } from "./on-site/get-clue-checks.ts";
import { registerGetPhotoMedia } from "./on-site/get-photo-media.ts";
import { registerListMyChecks } from "./on-site/list-my-checks.ts";
import { registerSaveFindings } from "./on-site/save-findings.ts";
import { registerSignCheck } from "./on-site/sign-check.ts";
import { registerWithdrawOnSite } from "./on-site/withdraw.ts";
import { registerAddCertificate } from "./people/add-certificate.ts";
import { registerChangePerson } from "./people/change-person.ts";
import { registerCreatePerson } from "./people/create-person.ts";
import { registerListAccounts } from "./people/list-accounts.ts";
import { registerListPeople } from "./people/list-people.ts";
import { registerResetPassword } from "./people/reset-password.ts";
import { registerWithdrawCertificate } from "./people/withdraw-certificate.ts";
import { registerDecideRecusal } from "./recusals/decide-recusal.ts";
import { registerListClueRecusals, registerListRecusals } from "./recusals/list-recusals.ts";
import { registerRaiseClueRecusal, registerRecordRecusal } from "./recusals/raise-recusal.ts";
import { registerDecideFailed } from "./retention/decide-failed.ts";
import { registerGetRetention } from "./retention/get-retention.ts";
import { registerDecideLift, registerProposeLift } from "./retention/lift-hold.ts";
import { registerListCertificates } from "./retention/list-certificates.ts";
import { registerPrintCertificates } from "./retention/print-certificates.ts";
import { registerSetHold } from "./retention/set-hold.ts";
import type { RegisterRoute } from "./route.ts";
import { registerAnswerSample } from "./samples/answer-sample.ts";
import { registerGetNextSample } from "./samples/get-next-sample.ts";
import { registerListMissedLooks } from "./samples/list-missed-looks.ts";
import { registerLiftFallback } from "./second-looks/lift-fallback.ts";
import { registerListDraws } from "./second-looks/list-draws.ts";
import { registerListSecondLooks } from "./second-looks/list-second-looks.ts";
import { registerListOwnAnswers } from "./seeded/list-own-answers.ts";
import { registerListSeeded } from "./seeded/list-seeded.ts";
import { registerPlantSeeded } from "./seeded/plant-seeded.ts";
import { registerWithdrawSeeded } from "./seeded/withdraw-seeded.ts";
import { registerChangePassword } from "./session/change-password.ts";
import { registerCloseSession } from "./session/close-session.ts";
import { registerEndOtherSessions } from "./session/end-other-sessions.ts";
import { registerGetSession } from "./session/get-session.ts";
import { registerListSessions } from "./session/list-sessions.ts";
import { registerOpenSession } from "./session/open-session.ts";
import { registerStepUp } from "./session/step-up.ts";
import { registerCreateScene } from "./sources/create-scene.ts";
import { registerGetSource } from "./sources/get-source.ts";
import { registerListSources } from "./sources/list-sources.ts";
import { registerSetDistrict } from "./sources/set-district.ts";
import { registerTryScene } from "./sources/try-scene.ts";
import { registerGetStatistics } from "./statistics/get-statistics.ts";
import { registerGetStatisticsFile } from "./statistics/get-statistics-file.ts";
import { registerGetOpenapi } from "./status/get-openapi.ts";
import { registerGetStatus } from "./status/get-status.ts";
import { registerGetStream } from "./streams/get-stream.ts";
import { registerSetStream } from "./streams/set-stream.ts";
import { registerApproveSuppression } from "./suppressions/approve-suppression.ts";
import { registerListSuppressions } from "./suppressions/list-suppressions.ts";
import { registerRevokeSuppression } from "./suppressions/revoke-suppression.ts";
import { registerCompareDays } from "./trucks/compare-days.ts";
import { registerGetTruckRegister } from "./trucks/get-register.ts";
import { registerGetTruckTemplate } from "./trucks/get-template.ts";
import { registerGetTrip } from "./trucks/get-trip.ts";
import { registerImportTruckFile } from "./trucks/import-file.ts";
import { registerListTruckFiles } from "./trucks/list-files.ts";
import { registerListTruckLeads } from "./trucks/list-leads.ts";
import { registerListTrips } from "./trucks/list-trips.ts";
import { registerMoveTruckLead } from "./trucks/move-lead.ts";
import { registerPreviewTruckImport } from "./trucks/preview-import.ts";
import { registerWithdrawTruckFile } from "./trucks/withdraw-file.ts";

/** Every route of the API. A new one is one file and one line here. */
export const routes: readonly RegisterRoute[] = [
  registerOpenSession,
  registerGetSession,
  registerCloseSession,
  registerStepUp,
  registerChangePassword,
  registerListSessions,
  registerEndOtherSessions,
  registerListPeople,
  registerCreatePerson,
  registerChangePerson,
  registerListAccounts,
  registerResetPassword,
  registerAddCertificate,
  registerWithdrawCertificate,
  registerRecordRecusal,
  registerListRecusals,
  registerDecideRecusal,
  registerRaiseClueRecusal,
  registerListClueRecusals,
  registerGetStatus,
  registerGetOpenapi,
  registerListSources,
  registerGetSource,
  registerSetDistrict,
  registerGetStream,
  registerSetStream,
  registerTryScene,
  registerGetDevice,
  registerAddDeviceRecord,
  registerWithdrawDeviceRecord,
  registerAddAttachment,
  registerWithdrawAttachment,
  registerGetAttachmentMedia,
  registerAddClockSample,
  registerAskClockMeasurement,
  registerGetClock,
  registerListDocks,
  registerGetDock,
  registerGetDockFileClaims,
  registerDecideDockFile,
  registerSetDock,
  registerCreateScene,
  registerListIntake,
  registerStreamChanges,
  registerGetMapBase,
  registerListMapFlags,
  registerListClues,
  registerGetClue,
  registerGetCorrectionOrder,
  registerMoveClue,
  registerSetPriority,
  registerLeaseClue,
  registerGetEvidenceMedia,
  registerGetSmallPicture,
  registerGetClipMedia,
  registerGetClipStill,
  registerListMyChecks,
  registerGetClueChecks,
  registerDispatchAgain,
  registerSaveFindings,
  registerAddPhoto,
  registerSignCheck,
  registerWithdrawOnSite,
  registerGetPhotoMedia,
  registerListSecondLooks,
  registerListDraws,
  registerLiftFallback,
  registerListFlights,
  registerGetFlightGround,
  registerStateFlight,
  registerFlightChecks,
  registerCountFieldRecordings,
  registerListFieldRecordings,
  registerGetFieldRecording,
  registerDecideFieldRecording,
  registerGetClueRecordings,
  registerGetLookPlace,
  registerListPatrolRuns,
  registerGetPatrolRun,
  registerListSuppressions,
  registerApproveSuppression,
  registerRevokeSuppression,
  registerGetStatistics,
  registerGetStatisticsFile,
  registerGetNextSample,
  registerAnswerSample,
  registerListMissedLooks,
  registerListSeeded,
  registerListOwnAnswers,
  registerPlantSeeded,
  registerWithdrawSeeded,
  registerListCases,
  registerGetCase,
  registerUpdateCase,
  registerDraftDocument,
  registerGetDocumentFile,
  registerListObjects,
  registerGetObject,
  registerCreateObject,
  registerChangeObject,
  registerCloseObject,
  registerGetTemplate,
  registerExportObjects,
  registerPreviewImport,
  registerImportObjects,
  registerGetClueObjects,
  registerConfirmMatch,
  registerWithdrawMatch,
  registerGetTruckRegister,
  registerListTrips,
  registerGetTrip,
  registerListTruckLeads,
  registerMoveTruckLead,
  registerPreviewTruckImport,
  registerImportTruckFile,
  registerGetTruckTemplate,
  registerListTruckFiles,
  registerWithdrawTruckFile,
  registerCompareDays,
  registerGetRetention,
  registerDecideFailed,
  registerListCertificates,
  registerPrintCertificates,
  registerSetHold,
  registerProposeLift,
  registerDecideLift,
  registerListCustody,
  registerCheckCustody,
];
