-- AlterTable
ALTER TABLE "clip" ADD COLUMN     "deleted_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "evidence" ADD COLUMN     "deleted_at" TIMESTAMPTZ(3),
ADD COLUMN     "small_sha256" TEXT;

-- CreateTable
CREATE TABLE "deletion_certificate" (
    "id" UUID NOT NULL,
    "number" SERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "clip_id" UUID NOT NULL,
    "evidence_id" UUID,
    "flag_id" UUID,
    "source_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "size_bytes" BIGINT NOT NULL,
    "captured_from" TIMESTAMPTZ(3) NOT NULL,
    "captured_to" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "class" TEXT NOT NULL,
    "basis" TEXT NOT NULL,
    "verified" BOOLEAN NOT NULL,
    "rule_version" TEXT NOT NULL,
    "keep_until" TIMESTAMPTZ(3) NOT NULL,
    "decided_at" TIMESTAMPTZ(3) NOT NULL,
    "machine" TEXT NOT NULL,
    "custody_seq" BIGINT NOT NULL,
    "bytes_at" TIMESTAMPTZ(3),
    "bytes_outcome" TEXT,

    CONSTRAINT "deletion_certificate_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "legal_hold" (
    "id" UUID NOT NULL,
    "source_id" TEXT NOT NULL,
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "to_at" TIMESTAMPTZ(3) NOT NULL,
    "clue_id" UUID,
    "reason" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "set_by" UUID NOT NULL,
    "set_at" TIMESTAMPTZ(3) NOT NULL,
    "lift_proposed_by" UUID,
    "lift_proposed_at" TIMESTAMPTZ(3),
    "lift_reason" TEXT,
    "lifted_by" UUID,
    "lifted_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "legal_hold_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "disk_sample" (
    "machine" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "free_bytes" BIGINT NOT NULL,

    CONSTRAINT "disk_sample_pkey" PRIMARY KEY ("machine","at")
);

-- CreateIndex
CREATE UNIQUE INDEX "deletion_certificate_number_key" ON "deletion_certificate"("number");

-- CreateIndex
CREATE INDEX "deletion_certificate_decided_at_id_idx" ON "deletion_certificate"("decided_at", "id");

-- CreateIndex
CREATE INDEX "deletion_certificate_bytes_at_idx" ON "deletion_certificate"("bytes_at");

-- CreateIndex
CREATE INDEX "deletion_certificate_clip_id_idx" ON "deletion_certificate"("clip_id");

-- CreateIndex
CREATE INDEX "deletion_certificate_evidence_id_idx" ON "deletion_certificate"("evidence_id");

-- CreateIndex
CREATE INDEX "legal_hold_source_id_from_at_idx" ON "legal_hold"("source_id", "from_at");

-- CreateIndex
CREATE INDEX "legal_hold_clue_id_idx" ON "legal_hold"("clue_id");

-- CreateIndex
CREATE INDEX "disk_sample_at_idx" ON "disk_sample"("at");

-- CreateIndex
CREATE INDEX "clip_sha256_idx" ON "clip"("sha256");

-- CreateIndex
CREATE INDEX "clip_deleted_at_started_at_idx" ON "clip"("deleted_at", "started_at");

-- CreateIndex
CREATE INDEX "evidence_sha256_idx" ON "evidence"("sha256");

-- CreateIndex
CREATE INDEX "evidence_clip_id_idx" ON "evidence"("clip_id");

-- CreateIndex
CREATE INDEX "evidence_deleted_at_captured_at_idx" ON "evidence"("deleted_at", "captured_at");


-- A certificate stays as it was written; all that is ever added is what became of the bytes, once.
CREATE FUNCTION keep_deletion_certificate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'UPDATE' OR OLD.bytes_at IS NOT NULL OR
     (to_jsonb(NEW) - 'bytes_at' - 'bytes_outcome') <> (to_jsonb(OLD) - 'bytes_at' - 'bytes_outcome') THEN
    RAISE EXCEPTION 'deletion_certificate is append-only' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER deletion_certificate_kept BEFORE UPDATE OR DELETE ON "deletion_certificate" FOR EACH ROW EXECUTE FUNCTION keep_deletion_certificate();
CREATE TRIGGER deletion_certificate_whole BEFORE TRUNCATE ON "deletion_certificate" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A legal hold stays; only its lifting is ever written into it, by two people.
CREATE FUNCTION keep_legal_hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.lifted_at IS NOT NULL OR
     (to_jsonb(NEW) - 'lift_proposed_by' - 'lift_proposed_at' - 'lift_reason' - 'lifted_by' - 'lifted_at' - 'version') <>
     (to_jsonb(OLD) - 'lift_proposed_by' - 'lift_proposed_at' - 'lift_reason' - 'lifted_by' - 'lifted_at' - 'version') THEN
    RAISE EXCEPTION 'legal_hold is append-only' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER legal_hold_kept BEFORE UPDATE OR DELETE ON "legal_hold" FOR EACH ROW EXECUTE FUNCTION keep_legal_hold();
ALTER TABLE "legal_hold" ADD CONSTRAINT "legal_hold_lifted_by_two" CHECK (
  lifted_at IS NULL OR (lifted_by IS NOT NULL AND lift_proposed_by IS NOT NULL AND lifted_by <> lift_proposed_by));
ALTER TABLE "legal_hold" ADD CONSTRAINT "legal_hold_term" CHECK (until > set_at AND to_at >= from_at);

-- Nothing new points at a recording that is gone. The share lock meets the job that marks it: one waits for the other, whoever came first.
CREATE FUNCTION refuse_deleted_clip() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE gone timestamptz;
BEGIN
  SELECT deleted_at INTO gone FROM clip WHERE id = NEW.clip_id FOR SHARE;
  IF gone IS NOT NULL THEN
    RAISE EXCEPTION 'the recording was deleted by rule' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER evidence_of_kept_clip BEFORE INSERT ON "evidence" FOR EACH ROW EXECUTE FUNCTION refuse_deleted_clip();
CREATE TRIGGER look_sample_of_kept_clip BEFORE INSERT ON "look_sample" FOR EACH ROW EXECUTE FUNCTION refuse_deleted_clip();

-- What nobody has looked at yet is never deleted.
ALTER TABLE "clip" ADD CONSTRAINT "clip_deleted_after_look" CHECK (deleted_at IS NULL OR state <> 'STORED');
