-- AlterTable
ALTER TABLE "source" DROP COLUMN "clock_measured_at",
DROP COLUMN "clock_offset_ms",
DROP COLUMN "compliance";

-- CreateTable
CREATE TABLE "device_record" (
    "id" UUID NOT NULL,
    "source_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "valid_from" TIMESTAMPTZ(3) NOT NULL,
    "valid_to" TIMESTAMPTZ(3),
    "reference" TEXT NOT NULL,
    "note" TEXT,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "withdrawn_at" TIMESTAMPTZ(3),
    "withdrawn_by" UUID,
    "withdrawn_reason" TEXT,

    CONSTRAINT "device_record_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "clock_sample" (
    "id" UUID NOT NULL,
    "source_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "offset_ms" INTEGER NOT NULL,
    "uncertainty_ms" INTEGER NOT NULL,
    "method" TEXT NOT NULL,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "clock_sample_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "device_record_source_id_kind_valid_from_idx" ON "device_record"("source_id", "kind", "valid_from");

-- CreateIndex
CREATE INDEX "clock_sample_source_id_at_idx" ON "clock_sample"("source_id", "at");

-- AddForeignKey
ALTER TABLE "device_record" ADD CONSTRAINT "device_record_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "source"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "clock_sample" ADD CONSTRAINT "clock_sample_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "source"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A record of a device is kept as it was entered; only its withdrawal can be added, once. Clock samples are never touched.
CREATE FUNCTION refuse_changed_record() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.withdrawn_at IS NOT NULL OR NEW.withdrawn_at IS NULL
    OR (NEW.id, NEW.source_id, NEW.kind, NEW.valid_from, NEW.reference, NEW.created_at) IS DISTINCT FROM (OLD.id, OLD.source_id, OLD.kind, OLD.valid_from, OLD.reference, OLD.created_at)
    OR NEW.valid_to IS DISTINCT FROM OLD.valid_to OR NEW.note IS DISTINCT FROM OLD.note OR NEW.created_by IS DISTINCT FROM OLD.created_by THEN
    RAISE EXCEPTION 'a record of a device can only be withdrawn' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER device_record_kept BEFORE UPDATE ON "device_record" FOR EACH ROW EXECUTE FUNCTION refuse_changed_record();
CREATE TRIGGER device_record_no_delete BEFORE DELETE ON "device_record" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER device_record_no_truncate BEFORE TRUNCATE ON "device_record" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER clock_sample_no_change BEFORE UPDATE OR DELETE ON "clock_sample" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER clock_sample_no_truncate BEFORE TRUNCATE ON "clock_sample" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Two people review a device before it is used (APL 41(1)): never the same one, whatever the server does.
CREATE FUNCTION refuse_same_device_reviewer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.kind IN ('legal_review', 'technical_review') AND NEW.created_by IS NOT NULL THEN
    PERFORM pg_advisory_xact_lock(hashtextextended('device:' || NEW.source_id, 0));
    IF EXISTS (SELECT 1 FROM device_record r WHERE r.source_id = NEW.source_id AND r.created_by = NEW.created_by
      AND r.kind IN ('legal_review', 'technical_review') AND r.kind <> NEW.kind AND r.withdrawn_at IS NULL) THEN
      RAISE EXCEPTION 'one person may not do both reviews of a device' USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER device_record_separation BEFORE INSERT ON "device_record" FOR EACH ROW EXECUTE FUNCTION refuse_same_device_reviewer();
