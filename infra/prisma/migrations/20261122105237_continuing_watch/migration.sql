-- Several acts of one rule may begin at one instant.
DROP INDEX "flag_source_id_rule_key_from_at_key";
ALTER TABLE "flag" ADD COLUMN "ordinal" INTEGER NOT NULL DEFAULT 1;
ALTER TABLE "flag" ADD COLUMN "readings" JSONB;
CREATE UNIQUE INDEX "flag_source_id_rule_key_from_at_ordinal_key" ON "flag"("source_id", "rule_key", "from_at", "ordinal");

-- CreateTable
CREATE TABLE "watch_state" (
    "source_id" TEXT NOT NULL,
    "through_at" TIMESTAMPTZ(3) NOT NULL,
    "scene_id" UUID NOT NULL,
    "format" INTEGER NOT NULL,
    "state" JSONB NOT NULL,
    "suspended" TEXT,
    "suspended_since" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "watch_state_pkey" PRIMARY KEY ("source_id","through_at")
);

-- CreateTable
CREATE TABLE "view_reference" (
    "scene_id" UUID NOT NULL,
    "source_id" TEXT NOT NULL,
    "captured_at" TIMESTAMPTZ(3) NOT NULL,
    "signature" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "view_reference_pkey" PRIMARY KEY ("scene_id")
);

-- CreateTable
CREATE TABLE "suppression" (
    "id" UUID NOT NULL,
    "source_id" TEXT NOT NULL,
    "rule_key" TEXT NOT NULL,
    "violation" TEXT NOT NULL,
    "zone_id" TEXT NOT NULL,
    "box_norm" JSONB NOT NULL,
    "flag_ids" TEXT[],
    "reason" TEXT NOT NULL,
    "valid_from" TIMESTAMPTZ(3) NOT NULL,
    "valid_until" TIMESTAMPTZ(3) NOT NULL,
    "approved_by" UUID NOT NULL,
    "approved_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revoked_by" UUID,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "suppression_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "suppressed_act" (
    "id" UUID NOT NULL,
    "suppression_id" UUID NOT NULL,
    "source_id" TEXT NOT NULL,
    "rule_key" TEXT NOT NULL,
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "ordinal" INTEGER NOT NULL DEFAULT 1,
    "to_at" TIMESTAMPTZ(3) NOT NULL,
    "box_norm" JSONB NOT NULL,
    "trace" JSONB NOT NULL,

    CONSTRAINT "suppressed_act_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "suppression_source_id_rule_key_idx" ON "suppression"("source_id", "rule_key");

-- CreateIndex
CREATE UNIQUE INDEX "suppressed_act_source_id_rule_key_from_at_ordinal_key" ON "suppressed_act"("source_id", "rule_key", "from_at", "ordinal");

-- CreateIndex
CREATE INDEX "suppressed_act_suppression_id_idx" ON "suppressed_act"("suppression_id");

-- CreateIndex
CREATE INDEX "clue_merged_into_id_idx" ON "clue"("merged_into_id");

-- AddForeignKey
ALTER TABLE "suppressed_act" ADD CONSTRAINT "suppressed_act_suppression_id_fkey" FOREIGN KEY ("suppression_id") REFERENCES "suppression"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
