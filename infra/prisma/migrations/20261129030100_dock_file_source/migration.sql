-- AlterTable
ALTER TABLE "dock_file" ADD COLUMN     "source_id" TEXT;

-- Under which source a file was announced was not kept: until now it went by the dock's present one.
UPDATE "dock_file" SET "source_id" = "dock"."source_id" FROM "dock" WHERE "dock"."sn" = "dock_file"."sn";
