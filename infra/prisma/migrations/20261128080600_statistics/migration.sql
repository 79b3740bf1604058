-- CreateTable
CREATE TABLE "look_draw" (
    "id" UUID NOT NULL,
    "source_id" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "key" TEXT NOT NULL,
    "looks" INTEGER NOT NULL,
    "flagged" INTEGER NOT NULL,
    "wanted" INTEGER NOT NULL,
    "drawn_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "look_draw_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "look_sample" (
    "id" UUID NOT NULL,
    "draw_id" UUID NOT NULL,
    "clip_id" UUID NOT NULL,
    "offset_ms" INTEGER NOT NULL,
    "captured_at" TIMESTAMPTZ(3) NOT NULL,
    "seeded_flag_id" UUID,
    "ordinal" INTEGER NOT NULL,

    CONSTRAINT "look_sample_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "look_answer" (
    "id" UUID NOT NULL,
    "sample_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "answer" TEXT NOT NULL,
    "violation" TEXT,
    "zone_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "look_answer_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "look_draw_day_idx" ON "look_draw"("day");

-- CreateIndex
CREATE UNIQUE INDEX "look_draw_source_id_day_key" ON "look_draw"("source_id", "day");

-- CreateIndex
CREATE INDEX "look_sample_seeded_flag_id_idx" ON "look_sample"("seeded_flag_id");

-- CreateIndex
CREATE UNIQUE INDEX "look_sample_clip_id_offset_ms_key" ON "look_sample"("clip_id", "offset_ms");

-- CreateIndex
CREATE UNIQUE INDEX "look_sample_draw_id_ordinal_key" ON "look_sample"("draw_id", "ordinal");

-- CreateIndex
CREATE INDEX "look_answer_person_id_idx" ON "look_answer"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "look_answer_sample_id_person_id_key" ON "look_answer"("sample_id", "person_id");

-- CreateIndex
CREATE INDEX "occupancy_to_at_idx" ON "occupancy"("to_at");

-- CreateIndex
CREATE INDEX "flag_source_id_from_at_idx" ON "flag"("source_id", "from_at");

-- AddForeignKey
ALTER TABLE "look_sample" ADD CONSTRAINT "look_sample_draw_id_fkey" FOREIGN KEY ("draw_id") REFERENCES "look_draw"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "look_answer" ADD CONSTRAINT "look_answer_sample_id_fkey" FOREIGN KEY ("sample_id") REFERENCES "look_sample"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What was drawn and what was answered stays as it is.
CREATE TRIGGER look_draw_no_change BEFORE UPDATE OR DELETE ON "look_draw" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER look_sample_no_change BEFORE UPDATE OR DELETE ON "look_sample" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER look_answer_no_change BEFORE UPDATE OR DELETE ON "look_answer" FOR EACH ROW EXECUTE FUNCTION refuse_change();
