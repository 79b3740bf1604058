-- AlterTable
ALTER TABLE "flight_statement" ADD COLUMN     "checklists" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- CreateTable
CREATE TABLE "flight_check_answer" (
    "flight_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "list_id" TEXT NOT NULL,
    "check_id" TEXT NOT NULL,
    "answer" TEXT NOT NULL,
    "clip_id" UUID,
    "offset_ms" INTEGER,
    "note" TEXT,
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "flight_check_answer_pkey" PRIMARY KEY ("flight_id","ordinal")
);

-- AddForeignKey
ALTER TABLE "flight_check_answer" ADD CONSTRAINT "flight_check_answer_flight_id_fkey" FOREIGN KEY ("flight_id") REFERENCES "flight"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE TRIGGER flight_check_answer_no_change BEFORE UPDATE OR DELETE ON "flight_check_answer" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER flight_check_answer_no_truncate BEFORE TRUNCATE ON "flight_check_answer" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
