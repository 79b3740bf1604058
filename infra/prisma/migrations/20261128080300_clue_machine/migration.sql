-- AlterEnum
ALTER TYPE "ClueState" ADD VALUE 'TRANSFERRED';

-- AlterTable
ALTER TABLE "device_record" ADD COLUMN     "details" JSONB;

-- AlterTable
ALTER TABLE "review" ADD COLUMN     "legal_checklist" JSONB;

-- CreateTable
CREATE TABLE "draw_key" (
    "day" TEXT NOT NULL,
    "key" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "draw_key_pkey" PRIMARY KEY ("day")
);

-- CreateTable
CREATE TABLE "second_look" (
    "id" UUID NOT NULL,
    "clue_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "round" INTEGER NOT NULL,
    "violation" TEXT NOT NULL,
    "of_person_id" UUID NOT NULL,
    "reason_code" TEXT,
    "day" TEXT NOT NULL,
    "value" DOUBLE PRECISION NOT NULL,
    "rate" DOUBLE PRECISION NOT NULL,
    "drawn" BOOLEAN NOT NULL,
    "drawn_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "result" TEXT,
    "by_id" UUID,
    "looked_at" TIMESTAMPTZ(3),
    "note" TEXT,
    "media_sha256" TEXT[],

    CONSTRAINT "second_look_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "merged_fallback" (
    "id" UUID NOT NULL,
    "violation" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "looked" INTEGER NOT NULL,
    "disagreed" INTEGER NOT NULL,
    "lifted_at" TIMESTAMPTZ(3),
    "lifted_by" UUID,
    "lift_reason" TEXT,

    CONSTRAINT "merged_fallback_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "clue_transfer" (
    "clue_id" UUID NOT NULL,
    "authority" TEXT NOT NULL,
    "reason_code" TEXT NOT NULL,
    "due_on" TEXT NOT NULL,
    "by_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "clue_transfer_pkey" PRIMARY KEY ("clue_id")
);

-- CreateTable
CREATE TABLE "flight_statement" (
    "flight_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "aircraft_class" TEXT NOT NULL,
    "registration" TEXT NOT NULL,
    "operator" TEXT NOT NULL,
    "approval_number" TEXT,
    "height_limit_m" DOUBLE PRECISION,
    "no_approval_reason" TEXT,
    "in_free_airspace" BOOLEAN NOT NULL,
    "by_relay" BOOLEAN NOT NULL,
    "over_crowd" BOOLEAN NOT NULL,
    "stated_height_m" DOUBLE PRECISION,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "flight_statement_pkey" PRIMARY KEY ("flight_id","ordinal")
);

-- CreateIndex
CREATE INDEX "second_look_drawn_result_drawn_at_idx" ON "second_look"("drawn", "result", "drawn_at");

-- CreateIndex
CREATE INDEX "second_look_violation_kind_looked_at_idx" ON "second_look"("violation", "kind", "looked_at");

-- CreateIndex
CREATE INDEX "second_look_day_idx" ON "second_look"("day");

-- CreateIndex
CREATE UNIQUE INDEX "second_look_clue_id_kind_round_key" ON "second_look"("clue_id", "kind", "round");

-- CreateIndex
CREATE INDEX "merged_fallback_violation_since_idx" ON "merged_fallback"("violation", "since");

-- AddForeignKey
ALTER TABLE "second_look" ADD CONSTRAINT "second_look_clue_id_fkey" FOREIGN KEY ("clue_id") REFERENCES "clue"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "clue_transfer" ADD CONSTRAINT "clue_transfer_clue_id_fkey" FOREIGN KEY ("clue_id") REFERENCES "clue"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "flight_statement" ADD CONSTRAINT "flight_statement_flight_id_fkey" FOREIGN KEY ("flight_id") REFERENCES "flight"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- One fall-back of a violation at a time.
CREATE UNIQUE INDEX "merged_fallback_in_force" ON "merged_fallback"("violation") WHERE "lifted_at" IS NULL;

CREATE TRIGGER draw_key_no_change BEFORE UPDATE OR DELETE ON "draw_key" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER draw_key_no_truncate BEFORE TRUNCATE ON "draw_key" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER clue_transfer_no_change BEFORE UPDATE OR DELETE ON "clue_transfer" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER clue_transfer_no_truncate BEFORE TRUNCATE ON "clue_transfer" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER flight_statement_no_change BEFORE UPDATE OR DELETE ON "flight_statement" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER flight_statement_no_truncate BEFORE TRUNCATE ON "flight_statement" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A draw is kept as it fell; what the second look says is added once, by a person who has no other part in the record.
CREATE FUNCTION refuse_second_look() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.result IS NOT NULL OR NEW.result IS NULL OR NOT OLD.drawn
    OR (NEW.id, NEW.clue_id, NEW.kind, NEW.round, NEW.violation, NEW.of_person_id, NEW.reason_code, NEW.day, NEW.value, NEW.rate, NEW.drawn, NEW.drawn_at, NEW.due_at)
      IS DISTINCT FROM (OLD.id, OLD.clue_id, OLD.kind, OLD.round, OLD.violation, OLD.of_person_id, OLD.reason_code, OLD.day, OLD.value, OLD.rate, OLD.drawn, OLD.drawn_at, OLD.due_at) THEN
    RAISE EXCEPTION 'a draw can only be given its second look, once' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF NEW.by_id IS NULL OR NEW.by_id = NEW.of_person_id
    OR EXISTS (SELECT 1 FROM review r WHERE r.clue_id = NEW.clue_id AND r.round = NEW.round AND r.reviewer_id = NEW.by_id)
    OR EXISTS (SELECT 1 FROM case_handler h JOIN "case" c ON c.id = h.case_id WHERE c.clue_id = NEW.clue_id AND h.person_id = NEW.by_id) THEN
    RAISE EXCEPTION 'a second look is another person''s' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER second_look_once BEFORE UPDATE ON "second_look" FOR EACH ROW EXECUTE FUNCTION refuse_second_look();
CREATE TRIGGER second_look_no_delete BEFORE DELETE ON "second_look" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER second_look_no_truncate BEFORE TRUNCATE ON "second_look" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A fall-back is kept; only its lifting is added, once.
CREATE FUNCTION refuse_changed_fallback() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.lifted_at IS NOT NULL OR NEW.lifted_at IS NULL
    OR (NEW.id, NEW.violation, NEW.since, NEW.looked, NEW.disagreed) IS DISTINCT FROM (OLD.id, OLD.violation, OLD.since, OLD.looked, OLD.disagreed) THEN
    RAISE EXCEPTION 'a fall-back can only be lifted, once' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER merged_fallback_kept BEFORE UPDATE ON "merged_fallback" FOR EACH ROW EXECUTE FUNCTION refuse_changed_fallback();
CREATE TRIGGER merged_fallback_no_delete BEFORE DELETE ON "merged_fallback" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER merged_fallback_no_truncate BEFORE TRUNCATE ON "merged_fallback" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- H.7 below every code path: a drawn merged review that nobody looked at again, or that was disagreed with, goes no further. What was
-- discarded comes back to the technical review and nowhere else.
CREATE FUNCTION refuse_unlooked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state IN ('READY_TO_FILE', 'FILED') AND EXISTS (
    SELECT 1 FROM second_look s
    WHERE s.clue_id = NEW.id AND s.round = NEW.round AND s.kind = 'merged' AND s.drawn AND s.result IS DISTINCT FROM 'agree'
  ) THEN
    RAISE EXCEPTION 'a drawn merged review without an agreeing second look goes no further' USING ERRCODE = 'check_violation';
  END IF;
  IF OLD.state = 'DISCARDED' AND NEW.state NOT IN ('DISCARDED', 'TECH_REVIEW') THEN
    RAISE EXCEPTION 'what was discarded comes back to the technical review' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER clue_looked_again BEFORE UPDATE ON "clue" FOR EACH ROW EXECUTE FUNCTION refuse_unlooked();

-- Whoever gave a merged review its second look handles no case of it.
CREATE OR REPLACE FUNCTION refuse_reviewing_handler() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM review r JOIN "case" c ON c.clue_id = r.clue_id WHERE c.id = NEW.case_id AND r.reviewer_id = NEW.person_id)
    OR EXISTS (SELECT 1 FROM second_look s JOIN "case" c ON c.clue_id = s.clue_id WHERE c.id = NEW.case_id AND s.kind = 'merged' AND s.by_id = NEW.person_id) THEN
    RAISE EXCEPTION 'a reviewer may not handle the same case' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION refuse_changed_record() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.withdrawn_at IS NOT NULL OR NEW.withdrawn_at IS NULL
    OR (NEW.id, NEW.source_id, NEW.kind, NEW.valid_from, NEW.reference, NEW.created_at) IS DISTINCT FROM (OLD.id, OLD.source_id, OLD.kind, OLD.valid_from, OLD.reference, OLD.created_at)
    OR NEW.valid_to IS DISTINCT FROM OLD.valid_to OR NEW.note IS DISTINCT FROM OLD.note OR NEW.created_by IS DISTINCT FROM OLD.created_by
    OR NEW.details IS DISTINCT FROM OLD.details THEN
    RAISE EXCEPTION 'a record of a device can only be withdrawn' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;

-- Demonstration accounts of an installation that is older than this column.
INSERT INTO "certificate" ("id", "person_id", "kind", "number", "valid_from", "valid_to", "created_at")
SELECT gen_random_uuid(), c."person_id", 'legal', c."number" || '-L', c."valid_from", c."valid_to", c."created_at"
FROM "certificate" c JOIN "person" p ON p."id" = c."person_id"
WHERE p."demo" AND 'legal_reviewer' = ANY(p."duties") AND c."kind" = 'enforcement' AND c."withdrawn_at" IS NULL;
