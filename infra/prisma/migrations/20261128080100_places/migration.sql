-- CreateTable
CREATE TABLE "register_object" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "place" TEXT,
    "search" TEXT NOT NULL,
    "grams" TEXT[],
    "document" JSONB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "demo" BOOLEAN NOT NULL DEFAULT false,
    "closed_at" TIMESTAMPTZ(3),
    "closed_reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "register_object_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "object_version" (
    "object_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "document" JSONB NOT NULL,
    "action" TEXT NOT NULL,
    "reason" TEXT,
    "sheet_sha256" TEXT,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "object_version_pkey" PRIMARY KEY ("object_id","version")
);

-- CreateTable
CREATE TABLE "object_match" (
    "id" UUID NOT NULL,
    "clue_id" UUID NOT NULL,
    "object_id" UUID NOT NULL,
    "object_version" INTEGER NOT NULL,
    "reasons" TEXT[],
    "confirmed_by" UUID NOT NULL,
    "confirmed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "withdrawn_at" TIMESTAMPTZ(3),
    "withdrawn_by" UUID,
    "withdrawn_reason" TEXT,

    CONSTRAINT "object_match_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "register_object_kind_name_id_idx" ON "register_object"("kind", "name", "id");

-- CreateIndex
CREATE INDEX "register_object_kind_place_idx" ON "register_object"("kind", "place");

-- CreateIndex
CREATE INDEX "register_object_grams_idx" ON "register_object" USING GIN ("grams");

-- CreateIndex
CREATE INDEX "object_match_clue_id_confirmed_at_idx" ON "object_match"("clue_id", "confirmed_at");

-- CreateIndex
CREATE INDEX "object_match_object_id_confirmed_at_idx" ON "object_match"("object_id", "confirmed_at");

-- AddForeignKey
ALTER TABLE "object_version" ADD CONSTRAINT "object_version_object_id_fkey" FOREIGN KEY ("object_id") REFERENCES "register_object"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "object_version" ADD CONSTRAINT "object_version_created_by_fkey" FOREIGN KEY ("created_by") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "object_match" ADD CONSTRAINT "object_match_clue_id_fkey" FOREIGN KEY ("clue_id") REFERENCES "clue"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "object_match" ADD CONSTRAINT "object_match_object_id_fkey" FOREIGN KEY ("object_id") REFERENCES "register_object"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "object_match" ADD CONSTRAINT "object_match_confirmed_by_fkey" FOREIGN KEY ("confirmed_by") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "object_match" ADD CONSTRAINT "object_match_withdrawn_by_fkey" FOREIGN KEY ("withdrawn_by") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- One open object of a kind has a key; a closed one does not stand in the way of its successor.
CREATE UNIQUE INDEX "register_object_open_key" ON "register_object"("kind", "key") WHERE closed_at IS NULL;

-- Nothing of the register is deleted; what an object was stays as it was, and a closed one stays closed.
CREATE TRIGGER register_object_no_delete BEFORE DELETE ON "register_object" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER register_object_no_truncate BEFORE TRUNCATE ON "register_object" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER object_version_no_change BEFORE UPDATE OR DELETE ON "object_version" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER object_version_no_truncate BEFORE TRUNCATE ON "object_version" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE FUNCTION refuse_closed_object() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.closed_at IS NOT NULL OR NEW.version <> OLD.version + 1 OR (NEW.id, NEW.kind, NEW.created_at) IS DISTINCT FROM (OLD.id, OLD.kind, OLD.created_at) THEN
    RAISE EXCEPTION 'an object of the register changes by its next version, and a closed one not at all' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER register_object_kept BEFORE UPDATE ON "register_object" FOR EACH ROW EXECUTE FUNCTION refuse_closed_object();

-- A match is a person's and is kept as it was made; only its withdrawal can be added, once and with a reason. A record shows one object.
CREATE UNIQUE INDEX "object_match_one_standing" ON "object_match"("clue_id") WHERE withdrawn_at IS NULL;
CREATE FUNCTION refuse_changed_match() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.withdrawn_at IS NOT NULL OR NEW.withdrawn_at IS NULL OR NEW.withdrawn_by IS NULL OR coalesce(btrim(NEW.withdrawn_reason), '') = ''
    OR (NEW.id, NEW.clue_id, NEW.object_id, NEW.object_version, NEW.reasons, NEW.confirmed_by, NEW.confirmed_at)
      IS DISTINCT FROM (OLD.id, OLD.clue_id, OLD.object_id, OLD.object_version, OLD.reasons, OLD.confirmed_by, OLD.confirmed_at) THEN
    RAISE EXCEPTION 'a match can only be withdrawn' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER object_match_kept BEFORE UPDATE ON "object_match" FOR EACH ROW EXECUTE FUNCTION refuse_changed_match();
CREATE TRIGGER object_match_no_delete BEFORE DELETE ON "object_match" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER object_match_no_truncate BEFORE TRUNCATE ON "object_match" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
