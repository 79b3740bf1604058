/** What docks name their films and photos. Telemetry places other recordings and positioning data none: neither is taken in on anybody's word. */
const recordingPattern = /\.(mp4|mov|jpe?g|dng|tiff?)$/i;

interface SetAside {
  readonly name: string;
  readonly state: string;
  readonly reasonCode: string | null;
  readonly etag: string | null;
  readonly laterEtag: string | null;
}

/**
 * Etag of the object that a person may have taken in as it is, though it does not agree: one of another size than its message said, or one that was
 * written over the announced one. Null: none. What is broken, empty, gone, misnamed or refused for its content is not made good by a word.
 */
export function admissibleEtag({ name, state, reasonCode, etag, laterEtag }: SetAside): string | null {
  if (state !== "mismatch" || !recordingPattern.test(name)) return null;
  if (reasonCode === "size_differs") return etag;
  return reasonCode === "overwritten" ? laterEtag : null;
}
