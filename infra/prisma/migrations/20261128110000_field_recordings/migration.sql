-- CreateTable
CREATE TABLE "field_recording" (
    "clip_id" UUID NOT NULL,
    "source_id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "officer_ids" UUID[],
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "telemetry_format" TEXT,
    "rule_version" TEXT NOT NULL,
    "matched_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "field_recording_pkey" PRIMARY KEY ("clip_id")
);

-- CreateTable
CREATE TABLE "field_decision" (
    "clip_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "decision" TEXT NOT NULL,
    "target_kind" TEXT,
    "target_id" UUID,
    "clue_id" UUID,
    "certainty" TEXT,
    "reasons" JSONB NOT NULL DEFAULT '[]',
    "rivals" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "rule_version" TEXT,
    "person_id" UUID,
    "reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "field_decision_pkey" PRIMARY KEY ("clip_id","ordinal")
);

-- CreateIndex
CREATE INDEX "field_recording_state_started_at_clip_id_idx" ON "field_recording"("state", "started_at", "clip_id");

-- CreateIndex
CREATE INDEX "field_recording_started_at_idx" ON "field_recording"("started_at");

-- CreateIndex
CREATE INDEX "field_decision_clue_id_idx" ON "field_decision"("clue_id");

-- CreateIndex
CREATE INDEX "on_site_check_dispatched_at_idx" ON "on_site_check"("dispatched_at");

ALTER TABLE "field_recording" ADD CONSTRAINT "field_recording_clip_id_fkey" FOREIGN KEY ("clip_id") REFERENCES "clip"("id");
ALTER TABLE "field_recording" ADD CONSTRAINT "field_recording_state_known" CHECK (state IN ('PROPOSED', 'MATCHED', 'ORPHAN', 'FREE'));
ALTER TABLE "field_decision" ADD CONSTRAINT "field_decision_clip_id_fkey" FOREIGN KEY ("clip_id") REFERENCES "field_recording"("clip_id");
ALTER TABLE "field_decision" ADD CONSTRAINT "field_decision_clue_id_fkey" FOREIGN KEY ("clue_id") REFERENCES "clue"("id");
ALTER TABLE "field_decision" ADD CONSTRAINT "field_decision_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id");
-- The rule proposes and lapses, a person says the rest: a machine links nothing (guard G-30).
ALTER TABLE "field_decision" ADD CONSTRAINT "field_decision_by_whom" CHECK ((decision IN ('proposed', 'lapsed')) = (person_id IS NULL));
ALTER TABLE "field_decision" ADD CONSTRAINT "field_decision_target" CHECK ((decision = 'nothing') = (target_kind IS NULL) AND (target_kind IS NULL) = (target_id IS NULL));
ALTER TABLE "field_decision" ADD CONSTRAINT "field_decision_known" CHECK (decision IN ('proposed', 'lapsed', 'confirmed', 'rejected', 'set', 'nothing'));
CREATE INDEX "field_recording_officers" ON "field_recording" USING gin ("officer_ids");

-- What was said stays.
CREATE FUNCTION keep_field_decision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'field_decision is append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER field_decision_kept BEFORE UPDATE OR DELETE ON "field_decision" FOR EACH ROW EXECUTE FUNCTION keep_field_decision();
