-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "ClueState" ADD VALUE 'DISSUADED';
ALTER TYPE "ClueState" ADD VALUE 'CLOSE_PROPOSED';

-- AlterTable
ALTER TABLE "clue" ADD COLUMN     "close_proposed_by" UUID,
ADD COLUMN     "note" TEXT,
ADD COLUMN     "recheck" TEXT;

-- CreateTable
CREATE TABLE "dissuasion" (
    "id" UUID NOT NULL,
    "clue_id" UUID NOT NULL,
    "channel" TEXT NOT NULL,
    "recipient" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "receipt" TEXT,
    "sent_at" TIMESTAMPTZ(3) NOT NULL,
    "correct_by" TIMESTAMPTZ(3) NOT NULL,
    "created_by" UUID NOT NULL,
    "looked_at" TIMESTAMPTZ(3),
    "look_state" TEXT,
    "look_clip_id" UUID,
    "look_offset_ms" INTEGER,

    CONSTRAINT "dissuasion_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "dissuasion_clue_id_sent_at_idx" ON "dissuasion"("clue_id", "sent_at");

-- CreateIndex
CREATE INDEX "dissuasion_looked_at_correct_by_idx" ON "dissuasion"("looked_at", "correct_by");

-- AddForeignKey
ALTER TABLE "dissuasion" ADD CONSTRAINT "dissuasion_clue_id_fkey" FOREIGN KEY ("clue_id") REFERENCES "clue"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
