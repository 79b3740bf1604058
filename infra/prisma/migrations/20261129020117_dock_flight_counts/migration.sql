-- AlterTable
ALTER TABLE "dock_flight" ADD COLUMN     "counted_ms" BIGINT,
ADD COLUMN     "expected_most" INTEGER;

-- Until now the largest was kept.
UPDATE "dock_flight" SET "expected_most" = "expected_files";
