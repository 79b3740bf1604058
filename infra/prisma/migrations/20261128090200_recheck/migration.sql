-- AlterTable
ALTER TABLE "dissuasion" ADD COLUMN     "look_picture" JSONB,
ADD COLUMN     "look_sha256" TEXT;

-- Looks that were found before: the original is known, the log has no entry of its own for them.
UPDATE "dissuasion" d SET look_sha256 = c.sha256 FROM "clip" c WHERE c.id = d.look_clip_id;

-- What was seen after the time allowed is evidence: it stays as it was found.
CREATE FUNCTION refuse_changed_look() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.look_sha256 IS NOT NULL AND (NEW.looked_at, NEW.look_state, NEW.look_clip_id, NEW.look_offset_ms, NEW.look_sha256, NEW.look_picture)
    IS DISTINCT FROM (OLD.looked_at, OLD.look_state, OLD.look_clip_id, OLD.look_offset_ms, OLD.look_sha256, OLD.look_picture) THEN
    RAISE EXCEPTION 'a look after the time allowed stays as it was found' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER dissuasion_look_kept BEFORE UPDATE ON "dissuasion" FOR EACH ROW EXECUTE FUNCTION refuse_changed_look();
