export { certificateName, type FoundDeletion, findDeletedClips, findDeletion } from "./find-deleted.ts";
export { holdObjects } from "./hold-objects.ts";
export { closedCaseStates, type LoadedAct, loadActs, loadActsOf } from "./load-acts.ts";
export { type ClipFacts, loadClipFacts } from "./load-clip-facts.ts";
export { type LoadedField, loadField } from "./load-field.ts";
export { type LoadedPicture, loadPictureFacts, type PictureFacts } from "./load-picture-facts.ts";
export { lockObjects, lockSource } from "./locks.ts";
export { findReference, namesOnly, objectReferences } from "./object-references.ts";
