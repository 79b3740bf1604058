import type { SourceDetail } from "@mingcha/models/http";
import { useEffect, useState } from "react";
import type { Draft } from "./draft.ts";
import type { Editor } from "./use-editor.ts";

/** A saved version as a beginning; 0: the source has none yet. */
export interface Base {
  readonly version: number;
  readonly draft: Draft;
}

export function newestBase({ id, name, kind, scenes }: SourceDetail): Base {
  const draft = scenes[0]?.document as Draft | undefined;
  return { version: scenes[0]?.version ?? 0, draft: draft ?? { source: { id, name, kind }, zones: [], rules: [] } };
}

/**
 * The version that a draft began with. A newer one takes its place by itself only while nothing is drawn; else it is offered, and taking it
 * is a step that undo takes back, so that nobody's work is lost.
 */
export function useBase(source: SourceDetail, editor: Editor) {
  const newest = newestBase(source);
  const [base, setBase] = useState(newest);
  const isDrawn = editor.isChanged || editor.points.length > 0;
  // what was just saved is the base before the list of versions says so
  const isNewer = newest.version > base.version;
  const begin = (next: Base) => {
    setBase(next);
    editor.load(next.draft);
  };
  useEffect(() => {
    if (isNewer && !isDrawn) begin(newest);
  });
  useEffect(() => {
    if (!isDrawn) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [isDrawn]);
  return {
    base,
    newerVersion: isNewer && isDrawn ? newest.version : undefined,
    takeNewer: () => {
      setBase(newest);
      editor.change(newest.draft);
      editor.selectZone(null);
    },
    begin,
  };
}
