import { AppError } from "@mingcha/models";
import { readTable, type SheetTask, writeWorkbook } from "./sheet-task.ts";

/** A process for one sheet: what a stranger's file makes a reader do happens here, with little memory and for a short time. */
const answer = (message: object): void => {
  process.send?.(message, () => process.exit(0));
};
process.once("message", (task: SheetTask) => {
  (task.do === "read" ? readTable(task.bytes, task.rowsMax) : writeWorkbook(task.sheets)).then(
    (result) => answer({ result }),
    (error: unknown) =>
      answer(
        error instanceof AppError
          ? { refused: error.params }
          : { text: error instanceof Error ? error.message : String(error) },
      ),
  );
});
// A parent that dies must not leave a process behind.
process.on("disconnect", () => process.exit(0));
process.on("SIGINT", () => {});
