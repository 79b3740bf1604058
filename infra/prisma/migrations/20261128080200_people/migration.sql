-- AlterTable
ALTER TABLE "person" ADD COLUMN     "districts" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "must_change_password" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "session" ADD COLUMN     "agent" TEXT,
ADD COLUMN     "confirmed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "failures" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "id" UUID NOT NULL DEFAULT gen_random_uuid();

-- AlterTable
ALTER TABLE "source" ADD COLUMN     "district" TEXT;

-- CreateTable
CREATE TABLE "certificate" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'enforcement',
    "number" TEXT NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE NOT NULL,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "withdrawn_at" TIMESTAMPTZ(3),
    "withdrawn_by" UUID,
    "withdrawn_reason" TEXT,

    CONSTRAINT "certificate_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "recusal" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "clue_id" UUID,
    "place" TEXT,
    "kind" TEXT NOT NULL,
    "reason_code" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "recusal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "recusal_decision" (
    "recusal_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "result" TEXT NOT NULL,
    "note" TEXT,
    "decided_by" UUID NOT NULL,
    "decided_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "recusal_decision_pkey" PRIMARY KEY ("recusal_id","ordinal")
);

-- CreateIndex
CREATE INDEX "certificate_person_id_valid_to_idx" ON "certificate"("person_id", "valid_to");

-- CreateIndex
CREATE INDEX "recusal_clue_id_idx" ON "recusal"("clue_id");

-- CreateIndex
CREATE INDEX "recusal_person_id_created_at_idx" ON "recusal"("person_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "session_id_key" ON "session"("id");

-- AddForeignKey
ALTER TABLE "certificate" ADD CONSTRAINT "certificate_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recusal" ADD CONSTRAINT "recusal_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recusal" ADD CONSTRAINT "recusal_clue_id_fkey" FOREIGN KEY ("clue_id") REFERENCES "clue"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recusal_decision" ADD CONSTRAINT "recusal_decision_recusal_id_fkey" FOREIGN KEY ("recusal_id") REFERENCES "recusal"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The one term that an account had becomes the first certificate of its history; only then the columns go.
INSERT INTO "certificate" ("id", "person_id", "number", "valid_from", "valid_to", "created_at")
SELECT gen_random_uuid(), "id", coalesce("badge_no", '—'), "qualified_from", "qualified_to", "created_at" FROM "person"
WHERE "qualified_from" IS NOT NULL AND "qualified_to" IS NOT NULL AND "qualified_from" <= "qualified_to";

-- AlterTable
ALTER TABLE "person" DROP COLUMN "qualified_from", DROP COLUMN "qualified_to";

-- A certificate is kept as it was entered; only its withdrawal can be added, once. Recusals and decisions on them are never touched.
ALTER TABLE "certificate" ADD CONSTRAINT "certificate_term" CHECK ("valid_from" <= "valid_to");
CREATE FUNCTION refuse_changed_certificate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.withdrawn_at IS NOT NULL OR NEW.withdrawn_at IS NULL
    OR (NEW.id, NEW.person_id, NEW.kind, NEW.number, NEW.valid_from, NEW.valid_to, NEW.created_at) IS DISTINCT FROM (OLD.id, OLD.person_id, OLD.kind, OLD.number, OLD.valid_from, OLD.valid_to, OLD.created_at)
    OR NEW.created_by IS DISTINCT FROM OLD.created_by THEN
    RAISE EXCEPTION 'a certificate can only be withdrawn' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER certificate_kept BEFORE UPDATE ON "certificate" FOR EACH ROW EXECUTE FUNCTION refuse_changed_certificate();
CREATE TRIGGER certificate_no_delete BEFORE DELETE ON "certificate" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER certificate_no_truncate BEFORE TRUNCATE ON "certificate" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE "recusal" ADD CONSTRAINT "recusal_about" CHECK (("clue_id" IS NULL) <> ("place" IS NULL));
CREATE TRIGGER recusal_no_change BEFORE UPDATE OR DELETE ON "recusal" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER recusal_no_truncate BEFORE TRUNCATE ON "recusal" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER recusal_decision_no_change BEFORE UPDATE OR DELETE ON "recusal_decision" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER recusal_decision_no_truncate BEFORE TRUNCATE ON "recusal_decision" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The head decides on the recusals of others (APL 43(3)), whatever the server does.
CREATE FUNCTION refuse_own_recusal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM recusal r WHERE r.id = NEW.recusal_id AND r.person_id = NEW.decided_by) THEN
    RAISE EXCEPTION 'nobody decides on the own recusal' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER recusal_decision_separation BEFORE INSERT ON "recusal_decision" FOR EACH ROW EXECUTE FUNCTION refuse_own_recusal();
