/** Whether the first kilobytes of a file are those of a subtitle file: a counter, then a cue, a bracket or a position. */
export function looksLikeSubtitles(head: string): boolean {
  return (
    !head.includes("\u0000") && /^\uFEFF?\s{0,16}\d{1,9}[ \t]*\r?\n/.test(head) && /-->|GPS ?\(|\[\s*\w+\s*:/.test(head)
  );
}
