-- AlterTable
ALTER TABLE "review" ADD COLUMN     "asked" JSONB NOT NULL DEFAULT '[]';

-- CreateTable
CREATE TABLE "correction" (
    "id" UUID NOT NULL,
    "clue_id" UUID NOT NULL,
    "review_id" UUID NOT NULL,
    "round" INTEGER NOT NULL,
    "field" TEXT NOT NULL,
    "old_value" TEXT,
    "new_value" TEXT NOT NULL,
    "reason_code" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "correction_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "seeded_item" (
    "id" UUID NOT NULL,
    "clue_id" UUID NOT NULL,
    "stage" TEXT NOT NULL,
    "answer" TEXT NOT NULL,
    "why" TEXT NOT NULL,
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "withdrawn_at" TIMESTAMPTZ(3),
    "withdrawn_by" UUID,

    CONSTRAINT "seeded_item_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "seeded_answer" (
    "id" UUID NOT NULL,
    "item_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "event" TEXT NOT NULL,
    "right" BOOLEAN NOT NULL,
    "checklist" JSONB NOT NULL,
    "corrections" JSONB NOT NULL DEFAULT '[]',
    "reason_code" TEXT,
    "note" TEXT,
    "time_on_item_ms" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "seeded_answer_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "correction_clue_id_created_at_idx" ON "correction"("clue_id", "created_at");

-- CreateIndex
CREATE INDEX "correction_field_old_value_idx" ON "correction"("field", "old_value");

-- CreateIndex
CREATE UNIQUE INDEX "correction_review_id_field_key" ON "correction"("review_id", "field");

-- CreateIndex
CREATE UNIQUE INDEX "seeded_item_clue_id_stage_key" ON "seeded_item"("clue_id", "stage");

-- CreateIndex
CREATE INDEX "seeded_answer_person_id_created_at_idx" ON "seeded_answer"("person_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "seeded_answer_item_id_person_id_key" ON "seeded_answer"("item_id", "person_id");

-- AddForeignKey
ALTER TABLE "correction" ADD CONSTRAINT "correction_clue_id_fkey" FOREIGN KEY ("clue_id") REFERENCES "clue"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "correction" ADD CONSTRAINT "correction_review_id_fkey" FOREIGN KEY ("review_id") REFERENCES "review"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "correction" ADD CONSTRAINT "correction_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "seeded_item" ADD CONSTRAINT "seeded_item_clue_id_fkey" FOREIGN KEY ("clue_id") REFERENCES "clue"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "seeded_answer" ADD CONSTRAINT "seeded_answer_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "seeded_item"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "seeded_answer" ADD CONSTRAINT "seeded_answer_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Corrections are facts of their own: the old value is never lost, whatever the server does.
CREATE TRIGGER correction_no_change BEFORE UPDATE OR DELETE ON "correction" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER correction_no_truncate BEFORE TRUNCATE ON "correction" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE FUNCTION refuse_stray_correction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM review r WHERE r.id = NEW.review_id AND r.clue_id = NEW.clue_id AND r.reviewer_id = NEW.person_id AND r.round = NEW.round AND r.result = 'pass'
  ) THEN
    RAISE EXCEPTION 'a correction belongs to the passed review of the person who makes it' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER correction_reviewed BEFORE INSERT ON "correction" FOR EACH ROW EXECUTE FUNCTION refuse_stray_correction();

-- Lists, filters and cases read the clue's own columns: these always hold the value in force, that of the newest correction, else
-- (for times) that of the flag. Nothing else changes them.
CREATE FUNCTION newest_correction(of_clue uuid, of_field text) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT new_value FROM correction WHERE clue_id = of_clue AND field = of_field ORDER BY created_at DESC, round DESC, id DESC LIMIT 1
$$;
CREATE FUNCTION refuse_uncorrected() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.violation <> OLD.violation AND NEW.violation IS DISTINCT FROM newest_correction(NEW.id, 'violation')
    OR NEW.place <> OLD.place AND NEW.place IS DISTINCT FROM newest_correction(NEW.id, 'place')
    OR NEW.from_at <> OLD.from_at AND NEW.from_at IS DISTINCT FROM coalesce(newest_correction(NEW.id, 'from')::timestamptz, (SELECT f.from_at FROM flag f WHERE f.id = NEW.flag_id))
    OR NEW.to_at <> OLD.to_at AND NEW.to_at IS DISTINCT FROM coalesce(newest_correction(NEW.id, 'to')::timestamptz, (SELECT f.to_at FROM flag f WHERE f.id = NEW.flag_id))
  THEN
    RAISE EXCEPTION 'a fact of a record changes only by a correction' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER clue_in_force BEFORE UPDATE OF violation, place, from_at, to_at ON "clue" FOR EACH ROW EXECUTE FUNCTION refuse_uncorrected();

-- A seeded item is no record: its id is no clue's and no clue takes its id, so that no review and no case can ever refer to it.
ALTER TABLE "seeded_item" ADD CONSTRAINT "seeded_item_known" CHECK (stage IN ('technical', 'legal') AND answer IN ('pass', 'fail'));
CREATE FUNCTION refuse_seeded_clue() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM seeded_item s WHERE s.id = NEW.id) THEN
    RAISE EXCEPTION 'a seeded item is no record' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER clue_not_seeded BEFORE INSERT OR UPDATE OF id ON "clue" FOR EACH ROW EXECUTE FUNCTION refuse_seeded_clue();
CREATE FUNCTION refuse_uncertain_seed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM clue c WHERE c.id = NEW.id) THEN
    RAISE EXCEPTION 'a seeded item is no record' USING ERRCODE = 'check_violation';
  END IF;
  IF NOT EXISTS (SELECT 1 FROM clue c WHERE c.id = NEW.clue_id AND c.state IN ('REJECTED', 'FILED')) THEN
    RAISE EXCEPTION 'only a record whose outcome is certain can be seeded' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER seeded_item_certain BEFORE INSERT ON "seeded_item" FOR EACH ROW EXECUTE FUNCTION refuse_uncertain_seed();
CREATE FUNCTION refuse_seed_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.withdrawn_at IS NOT NULL OR (NEW.id, NEW.clue_id, NEW.stage, NEW.answer, NEW.why, NEW.created_by, NEW.created_at)
    IS DISTINCT FROM (OLD.id, OLD.clue_id, OLD.stage, OLD.answer, OLD.why, OLD.created_by, OLD.created_at) THEN
    RAISE EXCEPTION 'a seeded item is only ever withdrawn' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER seeded_item_no_change BEFORE UPDATE OR DELETE ON "seeded_item" FOR EACH ROW EXECUTE FUNCTION refuse_seed_change();
CREATE TRIGGER seeded_answer_no_change BEFORE UPDATE OR DELETE ON "seeded_answer" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER seeded_answer_no_truncate BEFORE TRUNCATE ON "seeded_answer" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- Who reviewed the record knows its outcome.
CREATE FUNCTION refuse_known_seed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM seeded_item s JOIN review r ON r.clue_id = s.clue_id WHERE s.id = NEW.item_id AND r.reviewer_id = NEW.person_id) THEN
    RAISE EXCEPTION 'a reviewer of the record itself is not measured by it' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER seeded_answer_unknown BEFORE INSERT ON "seeded_answer" FOR EACH ROW EXECUTE FUNCTION refuse_known_seed();
