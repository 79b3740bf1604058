-- AlterTable
ALTER TABLE "flag_place" ADD COLUMN     "height_from" TEXT,
ADD COLUMN     "height_m" DOUBLE PRECISION,
ADD COLUMN     "warnings" JSONB NOT NULL DEFAULT '[]';

-- What was computed after its recording was deleted says falsely that the recording has no position: it is computed anew, with the true reason.
DELETE FROM "flag_place" p USING "clip" k WHERE k."id" = p."clip_id" AND p."longitude" IS NULL AND k."deleted_at" <= p."computed_at";
