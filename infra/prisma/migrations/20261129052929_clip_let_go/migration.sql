-- AlterTable
ALTER TABLE "clip" ADD COLUMN     "let_go_at" TIMESTAMPTZ(3);

-- A recording goes when it was analysed, or when a person let it go after that had failed.
ALTER TABLE "clip" DROP CONSTRAINT "clip_deleted_after_look";
ALTER TABLE "clip" ADD CONSTRAINT "clip_deleted_after_look"
    CHECK ("deleted_at" IS NULL OR "state" = 'DETECTED' OR ("state" = 'QUARANTINED' AND "let_go_at" IS NOT NULL));
