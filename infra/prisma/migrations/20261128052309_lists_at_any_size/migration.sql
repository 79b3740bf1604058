-- CreateTable
CREATE TABLE "clue_place" (
    "place" TEXT NOT NULL,

    CONSTRAINT "clue_place_pkey" PRIMARY KEY ("place")
);

-- CreateIndex
CREATE INDEX "flag_updated_at_idx" ON "flag"("updated_at");

-- CreateIndex
CREATE INDEX "clue_violation_state_created_at_id_idx" ON "clue"("violation", "state", "created_at", "id");

-- CreateIndex
CREATE INDEX "clue_source_id_state_created_at_id_idx" ON "clue"("source_id", "state", "created_at", "id");

-- CreateIndex
CREATE INDEX "clue_place_state_created_at_id_idx" ON "clue"("place", "state", "created_at", "id");

-- Places of the records that are there already, and of every new one.
INSERT INTO "clue_place" SELECT DISTINCT place FROM "clue" ON CONFLICT DO NOTHING;
CREATE FUNCTION keep_clue_place() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO clue_place VALUES (NEW.place) ON CONFLICT DO NOTHING;
  RETURN NEW;
END $$;
CREATE TRIGGER clue_place_kept AFTER INSERT OR UPDATE OF place ON "clue" FOR EACH ROW EXECUTE FUNCTION keep_clue_place();
