-- AlterTable
ALTER TABLE "clue" ADD COLUMN     "leased_by" UUID,
ADD COLUMN     "leased_until" TIMESTAMPTZ(3);

-- AddForeignKey
ALTER TABLE "clue" ADD CONSTRAINT "clue_leased_by_fkey" FOREIGN KEY ("leased_by") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;
