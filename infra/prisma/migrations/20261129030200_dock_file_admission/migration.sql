-- AlterTable
ALTER TABLE "dock_file" ADD COLUMN     "admission" INTEGER;

-- AlterTable
ALTER TABLE "dock_file_decision" ADD COLUMN     "etag" TEXT;

ALTER TABLE "dock_file_decision" DROP CONSTRAINT "dock_file_decision_known";
ALTER TABLE "dock_file_decision" ADD CONSTRAINT "dock_file_decision_known"
  CHECK (step IN ('close', 'reopen', 'admit') AND (step = 'close') = (cause IS NOT NULL) AND (step = 'admit') = (etag IS NOT NULL));
ALTER TABLE "dock_file" ADD CONSTRAINT "dock_file_admission_fkey" FOREIGN KEY ("id", "admission") REFERENCES "dock_file_decision"("file_id", "ordinal");

-- On whose word a recording came stays with it.
CREATE TRIGGER dock_file_admission_stays BEFORE UPDATE ON "dock_file" FOR EACH ROW
  WHEN (OLD.state = 'taken' AND OLD.admission IS NOT NULL
    AND (NEW.admission IS DISTINCT FROM OLD.admission OR NEW.intake_id IS DISTINCT FROM OLD.intake_id OR NEW.state <> OLD.state))
  EXECUTE FUNCTION refuse_change();
