-- CreateEnum
CREATE TYPE "OnSiteState" AS ENUM ('OPEN', 'SIGNED_BY_FIRST', 'SIGNED_BY_BOTH', 'WITHDRAWN');

-- CreateTable
CREATE TABLE "on_site_check" (
    "id" UUID NOT NULL,
    "clue_id" UUID NOT NULL,
    "round" INTEGER NOT NULL,
    "state" "OnSiteState" NOT NULL DEFAULT 'OPEN',
    "first_officer_id" UUID NOT NULL,
    "second_officer_id" UUID NOT NULL,
    "dispatched_by" UUID NOT NULL,
    "dispatched_at" TIMESTAMPTZ(3) NOT NULL,
    "note" TEXT,
    "findings" JSONB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "withdrawn_by" UUID,
    "withdrawn_at" TIMESTAMPTZ(3),
    "withdrawn_reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "on_site_check_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "on_site_photo" (
    "id" UUID NOT NULL,
    "check_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "size_bytes" INTEGER NOT NULL,
    "media_type" TEXT NOT NULL,
    "width_px" INTEGER NOT NULL,
    "height_px" INTEGER NOT NULL,
    "view_sha256" TEXT NOT NULL,
    "view_width_px" INTEGER NOT NULL,
    "view_height_px" INTEGER NOT NULL,
    "view_made_by" JSONB NOT NULL,
    "taken_by" UUID NOT NULL,
    "taken_at" TIMESTAMPTZ(3),
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "captured_at" TIMESTAMPTZ(3),
    "captured_by" TEXT NOT NULL,
    "exif" JSONB NOT NULL,
    "position" JSONB,
    "withdrawn_by" UUID,
    "withdrawn_at" TIMESTAMPTZ(3),
    "withdrawn_reason" TEXT,

    CONSTRAINT "on_site_photo_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "on_site_signature" (
    "id" UUID NOT NULL,
    "check_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "sha256" TEXT NOT NULL,
    "content" BYTEA NOT NULL,
    "device_key" TEXT NOT NULL,
    "signed_at" TIMESTAMPTZ(3) NOT NULL,
    "voided_at" TIMESTAMPTZ(3),
    "voided_for" TEXT,

    CONSTRAINT "on_site_signature_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "on_site_check_clue_id_created_at_idx" ON "on_site_check"("clue_id", "created_at");

-- CreateIndex
CREATE INDEX "on_site_check_first_officer_id_created_at_idx" ON "on_site_check"("first_officer_id", "created_at");

-- CreateIndex
CREATE INDEX "on_site_check_second_officer_id_created_at_idx" ON "on_site_check"("second_officer_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "on_site_photo_check_id_sha256_key" ON "on_site_photo"("check_id", "sha256");

-- CreateIndex
CREATE INDEX "on_site_signature_check_id_signed_at_idx" ON "on_site_signature"("check_id", "signed_at");

-- AddForeignKey
ALTER TABLE "on_site_check" ADD CONSTRAINT "on_site_check_clue_id_fkey" FOREIGN KEY ("clue_id") REFERENCES "clue"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "on_site_photo" ADD CONSTRAINT "on_site_photo_check_id_fkey" FOREIGN KEY ("check_id") REFERENCES "on_site_check"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "on_site_signature" ADD CONSTRAINT "on_site_signature_check_id_fkey" FOREIGN KEY ("check_id") REFERENCES "on_site_check"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- Two officers, never one twice.
ALTER TABLE "on_site_check" ADD CONSTRAINT "on_site_check_two_officers" CHECK (first_officer_id <> second_officer_id);
-- A clue has one check at a time that is not finished; one name counts once under a content.
CREATE UNIQUE INDEX "on_site_check_one_open" ON "on_site_check" (clue_id) WHERE state IN ('OPEN', 'SIGNED_BY_FIRST');
CREATE UNIQUE INDEX "on_site_signature_one_in_force" ON "on_site_signature" (check_id, person_id) WHERE voided_at IS NULL;

-- A photo and a signature stay as they were written; all that is ever added is the withdrawal or the end, once.
CREATE FUNCTION keep_on_site_photo() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.withdrawn_at IS NOT NULL OR
     (to_jsonb(NEW) - 'withdrawn_at' - 'withdrawn_by' - 'withdrawn_reason') <> (to_jsonb(OLD) - 'withdrawn_at' - 'withdrawn_by' - 'withdrawn_reason') THEN
    RAISE EXCEPTION 'on_site_photo is append-only' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER on_site_photo_kept BEFORE UPDATE OR DELETE ON "on_site_photo" FOR EACH ROW EXECUTE FUNCTION keep_on_site_photo();

CREATE FUNCTION keep_on_site_signature() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.voided_at IS NOT NULL OR
     (to_jsonb(NEW) - 'voided_at' - 'voided_for') <> (to_jsonb(OLD) - 'voided_at' - 'voided_for') THEN
    RAISE EXCEPTION 'on_site_signature is append-only' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER on_site_signature_kept BEFORE UPDATE OR DELETE ON "on_site_signature" FOR EACH ROW EXECUTE FUNCTION keep_on_site_signature();

-- Who reviews a record does not check it on site, and the other way round, below every code path.
CREATE FUNCTION refuse_checking_reviewer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(NEW.clue_id::text, 0));
  IF EXISTS (SELECT 1 FROM review r WHERE r.clue_id = NEW.clue_id AND r.reviewer_id IN (NEW.first_officer_id, NEW.second_officer_id)) THEN
    RAISE EXCEPTION 'a reviewer may not handle the on-site check of the same record' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER on_site_check_separation BEFORE INSERT ON "on_site_check" FOR EACH ROW EXECUTE FUNCTION refuse_checking_reviewer();

CREATE FUNCTION refuse_reviewing_officer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM on_site_check o WHERE o.clue_id = NEW.clue_id AND o.state <> 'WITHDRAWN' AND NEW.reviewer_id IN (o.first_officer_id, o.second_officer_id)) THEN
    RAISE EXCEPTION 'an officer of the on-site check may not review the same record' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER review_on_site_separation BEFORE INSERT ON "review" FOR EACH ROW EXECUTE FUNCTION refuse_reviewing_officer();

-- A place counts as checked only with a check that both officers signed.
CREATE FUNCTION refuse_unsigned_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'ON_SITE_CHECK' AND NEW.state IN ('VERIFIED', 'CLOSED_NOT_FOUND') AND NOT EXISTS (
    SELECT 1 FROM on_site_check o WHERE o.clue_id = NEW.id AND o.round = NEW.round AND o.state = 'SIGNED_BY_BOTH'
      AND NOT EXISTS (SELECT 1 FROM on_site_check n WHERE n.clue_id = o.clue_id AND n.round = o.round AND n.created_at > o.created_at)
      AND (SELECT count(*) FROM on_site_signature s WHERE s.check_id = o.id AND s.voided_at IS NULL AND s.person_id IN (o.first_officer_id, o.second_officer_id)) = 2
  ) THEN
    RAISE EXCEPTION 'a record without a check signed by both officers cannot be settled on site' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER clue_checked_on_site BEFORE UPDATE ON "clue" FOR EACH ROW EXECUTE FUNCTION refuse_unsigned_check();
