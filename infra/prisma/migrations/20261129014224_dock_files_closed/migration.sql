-- AlterTable
ALTER TABLE "dock_file" ADD COLUMN     "attempt" INTEGER NOT NULL DEFAULT 1;

-- CreateTable
CREATE TABLE "dock_file_decision" (
    "file_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "attempt" INTEGER NOT NULL,
    "step" TEXT NOT NULL,
    "cause" TEXT,
    "reason" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "reason_code" TEXT,
    "person_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "dock_file_decision_pkey" PRIMARY KEY ("file_id","ordinal")
);

ALTER TABLE "dock_file_decision" ADD CONSTRAINT "dock_file_decision_file_id_fkey" FOREIGN KEY ("file_id") REFERENCES "dock_file"("id");
ALTER TABLE "dock_file_decision" ADD CONSTRAINT "dock_file_decision_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id");
ALTER TABLE "dock_file_decision" ADD CONSTRAINT "dock_file_decision_known" CHECK (step IN ('close', 'reopen') AND (step = 'close') = (cause IS NOT NULL));
ALTER TABLE "dock_file_decision" ADD CONSTRAINT "dock_file_decision_reason" CHECK (length(btrim(reason)) >= 2);

-- What was said stays.
CREATE TRIGGER dock_file_decision_no_change BEFORE UPDATE OR DELETE ON "dock_file_decision" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER dock_file_decision_no_truncate BEFORE TRUNCATE ON "dock_file_decision" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
