-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "UploadState" AS ENUM ('RECEIVING', 'RECEIVED', 'TAKEN');

-- CreateEnum
CREATE TYPE "IntakeState" AS ENUM ('WAITING', 'STORED', 'DUPLICATE', 'QUARANTINED');

-- CreateEnum
CREATE TYPE "ClipState" AS ENUM ('STORED', 'DETECTED', 'QUARANTINED');

-- CreateEnum
CREATE TYPE "ClueState" AS ENUM ('PRESCREEN', 'TECH_REVIEW', 'LEGAL_REVIEW', 'ADMISSIBLE', 'ON_SITE_CHECK', 'VERIFIED', 'READY_TO_FILE', 'FILED', 'DISCARDED', 'MERGED', 'REJECTED', 'CLOSED_NOT_FOUND', 'CLOSED_NO_PENALTY', 'ERASED');

-- CreateEnum
CREATE TYPE "CaseState" AS ENUM ('FILING_REVIEW', 'FILED', 'INVESTIGATING');

-- CreateTable
CREATE TABLE "person" (
    "id" UUID NOT NULL,
    "login" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "badge_no" TEXT,
    "password_hash" TEXT NOT NULL,
    "duties" TEXT[],
    "qualified_from" DATE,
    "qualified_to" DATE,
    "demo" BOOLEAN NOT NULL DEFAULT false,
    "disabled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "token_hash" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("token_hash")
);

-- CreateTable
CREATE TABLE "source" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "longitude" DOUBLE PRECISION,
    "latitude" DOUBLE PRECISION,
    "timezone" TEXT NOT NULL DEFAULT 'Asia/Shanghai',
    "device_id" TEXT,
    "compliance" JSONB NOT NULL DEFAULT '{}',
    "clock_offset_ms" INTEGER,
    "clock_measured_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "source_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "scene" (
    "id" UUID NOT NULL,
    "source_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "document" JSONB NOT NULL,
    "sha256" TEXT NOT NULL,
    "valid_from" TIMESTAMPTZ(3) NOT NULL,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "scene_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "flight" (
    "id" UUID NOT NULL,
    "source_id" TEXT NOT NULL,
    "operator_id" UUID,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "telemetry_sha256" TEXT NOT NULL,
    "telemetry_format" TEXT NOT NULL,
    "max_height_m" DOUBLE PRECISION,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "flight_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "upload" (
    "id" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "file_name" TEXT NOT NULL,
    "size_bytes" BIGINT NOT NULL,
    "source_id" TEXT,
    "group_id" TEXT NOT NULL,
    "started_at_hint" TIMESTAMPTZ(3),
    "sha256" TEXT,
    "state" "UploadState" NOT NULL DEFAULT 'RECEIVING',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "upload_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "intake" (
    "id" UUID NOT NULL,
    "via" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "staged_path" TEXT NOT NULL,
    "dedupe_key" TEXT NOT NULL,
    "size_bytes" BIGINT NOT NULL,
    "sha256" TEXT,
    "person_id" UUID,
    "source_id" TEXT,
    "group_id" TEXT,
    "started_at_hint" TIMESTAMPTZ(3),
    "state" "IntakeState" NOT NULL DEFAULT 'WAITING',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "reason_code" TEXT,
    "reason_zh" TEXT,
    "reason_en" TEXT,
    "clip_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "intake_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "clip" (
    "id" UUID NOT NULL,
    "source_id" TEXT NOT NULL,
    "intake_id" UUID,
    "flight_id" UUID,
    "collector_id" UUID,
    "file_name" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "size_bytes" BIGINT NOT NULL,
    "container" TEXT NOT NULL,
    "codec" TEXT NOT NULL,
    "width_px" INTEGER NOT NULL,
    "height_px" INTEGER NOT NULL,
    "duration_ms" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "start_method" TEXT NOT NULL,
    "start_uncertainty_ms" INTEGER NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "state" "ClipState" NOT NULL DEFAULT 'STORED',
    "detect_attempts" INTEGER NOT NULL DEFAULT 0,
    "lease_token" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "reason_code" TEXT,
    "reason_zh" TEXT,
    "reason_en" TEXT,
    "detected_at" TIMESTAMPTZ(3),

    CONSTRAINT "clip_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "telemetry_point" (
    "clip_id" UUID NOT NULL,
    "offset_ms" INTEGER NOT NULL,
    "longitude" DOUBLE PRECISION,
    "latitude" DOUBLE PRECISION,
    "height_m" DOUBLE PRECISION,
    "altitude_m" DOUBLE PRECISION,
    "gimbal_yaw_deg" DOUBLE PRECISION,
    "gimbal_pitch_deg" DOUBLE PRECISION,
    "gimbal_roll_deg" DOUBLE PRECISION,

    CONSTRAINT "telemetry_point_pkey" PRIMARY KEY ("clip_id","offset_ms")
);

-- CreateTable
CREATE TABLE "look" (
    "clip_id" UUID NOT NULL,
    "offset_ms" INTEGER NOT NULL,
    "source_id" TEXT NOT NULL,
    "captured_at" TIMESTAMPTZ(3) NOT NULL,
    "status" TEXT NOT NULL,
    "reason" TEXT,
    "model_id" TEXT NOT NULL,
    "model_sha256" TEXT NOT NULL,
    "detections" JSONB NOT NULL,
    "pose" JSONB,

    CONSTRAINT "look_pkey" PRIMARY KEY ("clip_id","offset_ms")
);

-- CreateTable
CREATE TABLE "occupancy" (
    "id" UUID NOT NULL,
    "source_id" TEXT NOT NULL,
    "scene_id" UUID NOT NULL,
    "rule_key" TEXT NOT NULL,
    "violation" TEXT NOT NULL,
    "zone_id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "to_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "occupancy_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "flag" (
    "id" UUID NOT NULL,
    "source_id" TEXT NOT NULL,
    "scene_id" UUID NOT NULL,
    "rule_key" TEXT NOT NULL,
    "violation" TEXT NOT NULL,
    "zone_id" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "to_at" TIMESTAMPTZ(3) NOT NULL,
    "ended" BOOLEAN NOT NULL DEFAULT false,
    "dwell_s" DOUBLE PRECISION NOT NULL,
    "score" DOUBLE PRECISION NOT NULL,
    "box_norm" JSONB NOT NULL,
    "intervals" JSONB NOT NULL,
    "trace" JSONB NOT NULL,
    "judge" JSONB NOT NULL DEFAULT '{}',
    "model_id" TEXT NOT NULL,
    "model_sha256" TEXT NOT NULL,
    "evidence_to" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "flag_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "evidence" (
    "id" UUID NOT NULL,
    "flag_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "clip_id" UUID NOT NULL,
    "offset_ms" INTEGER NOT NULL,
    "captured_at" TIMESTAMPTZ(3) NOT NULL,
    "sha256" TEXT NOT NULL,
    "parent_sha256" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "size_bytes" INTEGER NOT NULL,
    "width_px" INTEGER NOT NULL,
    "height_px" INTEGER NOT NULL,
    "made_by" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "evidence_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "clue" (
    "id" UUID NOT NULL,
    "flag_id" UUID NOT NULL,
    "state" "ClueState" NOT NULL,
    "violation" TEXT NOT NULL,
    "source_id" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "to_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "round" INTEGER NOT NULL DEFAULT 1,
    "merged_into_id" UUID,
    "confirmed_on_site" BOOLEAN NOT NULL DEFAULT false,
    "close_reason" TEXT,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "clue_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "review" (
    "id" UUID NOT NULL,
    "clue_id" UUID NOT NULL,
    "round" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "result" TEXT NOT NULL,
    "reviewer_id" UUID NOT NULL,
    "checklist" JSONB NOT NULL,
    "reason_code" TEXT,
    "note" TEXT,
    "media_sha256" TEXT[],
    "time_on_item_ms" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "review_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "case" (
    "id" UUID NOT NULL,
    "clue_id" UUID NOT NULL,
    "state" "CaseState" NOT NULL DEFAULT 'FILING_REVIEW',
    "number" TEXT,
    "cause" TEXT NOT NULL,
    "violation" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "to_at" TIMESTAMPTZ(3) NOT NULL,
    "party" JSONB NOT NULL DEFAULT '{}',
    "proposal" JSONB NOT NULL DEFAULT '{}',
    "filed_at" TIMESTAMPTZ(3) NOT NULL,
    "due_dates" JSONB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "case_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "case_handler" (
    "case_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,

    CONSTRAINT "case_handler_pkey" PRIMARY KEY ("case_id","person_id")
);

-- CreateTable
CREATE TABLE "document" (
    "id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "template" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "facts" JSONB NOT NULL,
    "missing" JSONB NOT NULL,
    "docx_sha256" TEXT NOT NULL,
    "pdf_sha256" TEXT NOT NULL,
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "document_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "custody" (
    "seq" BIGINT NOT NULL,
    "body" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,

    CONSTRAINT "custody_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "setting" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,

    CONSTRAINT "setting_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE UNIQUE INDEX "person_login_key" ON "person"("login");

-- CreateIndex
CREATE INDEX "session_person_id_idx" ON "session"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "scene_source_id_version_key" ON "scene"("source_id", "version");

-- CreateIndex
CREATE UNIQUE INDEX "scene_source_id_sha256_key" ON "scene"("source_id", "sha256");

-- CreateIndex
CREATE UNIQUE INDEX "flight_source_id_telemetry_sha256_key" ON "flight"("source_id", "telemetry_sha256");

-- CreateIndex
CREATE INDEX "upload_state_idx" ON "upload"("state");

-- CreateIndex
CREATE UNIQUE INDEX "intake_dedupe_key_key" ON "intake"("dedupe_key");

-- CreateIndex
CREATE INDEX "intake_state_created_at_idx" ON "intake"("state", "created_at");

-- CreateIndex
CREATE INDEX "clip_state_received_at_idx" ON "clip"("state", "received_at");

-- CreateIndex
CREATE INDEX "clip_source_id_started_at_idx" ON "clip"("source_id", "started_at");

-- CreateIndex
CREATE UNIQUE INDEX "clip_source_id_sha256_key" ON "clip"("source_id", "sha256");

-- CreateIndex
CREATE INDEX "look_source_id_captured_at_idx" ON "look"("source_id", "captured_at");

-- CreateIndex
CREATE UNIQUE INDEX "occupancy_source_id_rule_key_from_at_key" ON "occupancy"("source_id", "rule_key", "from_at");

-- CreateIndex
CREATE INDEX "flag_created_at_idx" ON "flag"("created_at");

-- CreateIndex
CREATE UNIQUE INDEX "flag_source_id_rule_key_from_at_key" ON "flag"("source_id", "rule_key", "from_at");

-- CreateIndex
CREATE UNIQUE INDEX "evidence_flag_id_kind_captured_at_key" ON "evidence"("flag_id", "kind", "captured_at");

-- CreateIndex
CREATE UNIQUE INDEX "clue_flag_id_key" ON "clue"("flag_id");

-- CreateIndex
CREATE INDEX "clue_state_created_at_id_idx" ON "clue"("state", "created_at", "id");

-- CreateIndex
CREATE INDEX "clue_violation_place_idx" ON "clue"("violation", "place");

-- CreateIndex
CREATE INDEX "review_clue_id_idx" ON "review"("clue_id");

-- CreateIndex
CREATE UNIQUE INDEX "case_clue_id_key" ON "case"("clue_id");

-- CreateIndex
CREATE UNIQUE INDEX "case_number_key" ON "case"("number");

-- CreateIndex
CREATE INDEX "case_created_at_id_idx" ON "case"("created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "case_handler_case_id_ordinal_key" ON "case_handler"("case_id", "ordinal");

-- CreateIndex
CREATE UNIQUE INDEX "document_case_id_template_version_key" ON "document"("case_id", "template", "version");

-- CreateIndex
CREATE INDEX "custody_subject_seq_idx" ON "custody"("subject", "seq");

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scene" ADD CONSTRAINT "scene_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "source"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "clip" ADD CONSTRAINT "clip_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "source"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "clip" ADD CONSTRAINT "clip_flight_id_fkey" FOREIGN KEY ("flight_id") REFERENCES "flight"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "telemetry_point" ADD CONSTRAINT "telemetry_point_clip_id_fkey" FOREIGN KEY ("clip_id") REFERENCES "clip"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "look" ADD CONSTRAINT "look_clip_id_fkey" FOREIGN KEY ("clip_id") REFERENCES "clip"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "flag" ADD CONSTRAINT "flag_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "source"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_flag_id_fkey" FOREIGN KEY ("flag_id") REFERENCES "flag"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "clue" ADD CONSTRAINT "clue_flag_id_fkey" FOREIGN KEY ("flag_id") REFERENCES "flag"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "review" ADD CONSTRAINT "review_clue_id_fkey" FOREIGN KEY ("clue_id") REFERENCES "clue"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "review" ADD CONSTRAINT "review_reviewer_id_fkey" FOREIGN KEY ("reviewer_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "case" ADD CONSTRAINT "case_clue_id_fkey" FOREIGN KEY ("clue_id") REFERENCES "clue"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "case_handler" ADD CONSTRAINT "case_handler_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "case_handler" ADD CONSTRAINT "case_handler_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "document" ADD CONSTRAINT "document_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Append-only tables: even a bug in our own code cannot rewrite what was done to evidence.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER custody_no_change BEFORE UPDATE OR DELETE ON "custody" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER custody_no_truncate BEFORE TRUNCATE ON "custody" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER review_no_change BEFORE UPDATE OR DELETE ON "review" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER review_no_truncate BEFORE TRUNCATE ON "review" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER document_no_change BEFORE UPDATE OR DELETE ON "document" FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Separation of duties (APL 41(2), 42; guards G-07, G-08) below every code path: one person never holds two of
-- technical review, legal review and handling of one record, whatever the server does.
CREATE FUNCTION refuse_same_reviewer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(NEW.clue_id::text, 0));
  IF NEW.kind IN ('technical', 'legal') AND EXISTS (
    SELECT 1 FROM review r WHERE r.clue_id = NEW.clue_id AND r.reviewer_id = NEW.reviewer_id AND r.kind IN ('technical', 'legal') AND r.kind <> NEW.kind
  ) THEN
    RAISE EXCEPTION 'one person may not do both reviews' USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (SELECT 1 FROM case_handler h JOIN "case" c ON c.id = h.case_id WHERE c.clue_id = NEW.clue_id AND h.person_id = NEW.reviewer_id) THEN
    RAISE EXCEPTION 'a handler may not review the same record' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER review_separation BEFORE INSERT ON "review" FOR EACH ROW EXECUTE FUNCTION refuse_same_reviewer();

CREATE FUNCTION refuse_reviewing_handler() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM review r JOIN "case" c ON c.clue_id = r.clue_id WHERE c.id = NEW.case_id AND r.reviewer_id = NEW.person_id) THEN
    RAISE EXCEPTION 'a reviewer may not handle the same case' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER handler_separation BEFORE INSERT OR UPDATE ON "case_handler" FOR EACH ROW EXECUTE FUNCTION refuse_reviewing_handler();

-- A record reaches "admissible" or a case only with the passes that the law asks for (guard G-07).
CREATE FUNCTION refuse_unreviewed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state IN ('ADMISSIBLE', 'READY_TO_FILE', 'FILED') AND NOT (
    EXISTS (SELECT 1 FROM review r WHERE r.clue_id = NEW.id AND r.round = NEW.round AND r.kind = 'merged' AND r.result = 'pass')
    OR (EXISTS (SELECT 1 FROM review r WHERE r.clue_id = NEW.id AND r.round = NEW.round AND r.kind = 'technical' AND r.result = 'pass')
        AND EXISTS (SELECT 1 FROM review r WHERE r.clue_id = NEW.id AND r.round = NEW.round AND r.kind = 'legal' AND r.result = 'pass'))
  ) THEN
    RAISE EXCEPTION 'a record without passed reviews cannot become evidence' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER clue_reviewed BEFORE INSERT OR UPDATE ON "clue" FOR EACH ROW EXECUTE FUNCTION refuse_unreviewed();
