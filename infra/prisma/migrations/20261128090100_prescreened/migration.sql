-- AlterTable
ALTER TABLE "clue" ADD COLUMN     "prescreened_by" UUID[] DEFAULT ARRAY[]::UUID[];

-- Who sorted the records that are already here, from the custody log.
UPDATE "clue" c SET prescreened_by = sorted.people FROM (
  SELECT substring(subject FROM 6)::uuid AS clue_id, array_agg(DISTINCT (entry -> 'actor' ->> 'id')::uuid) AS people
  FROM (SELECT subject, convert_from(body, 'UTF8')::jsonb AS entry FROM custody WHERE action = 'clue.moved') moved
  WHERE entry -> 'actor' ->> 'kind' = 'person' AND entry -> 'detail' ->> 'event' IN ('plausible', 'discard', 'officer_discard', 'bring_back')
  GROUP BY subject
) sorted WHERE c.id = sorted.clue_id;

-- Whoever sorted a record before its reviews gives none of them (domain H.1), below every code path.
CREATE FUNCTION refuse_prescreening_reviewer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM clue c WHERE c.id = NEW.clue_id AND NEW.reviewer_id = ANY (c.prescreened_by)) THEN
    RAISE EXCEPTION 'whoever pre-screened a record may not review it' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER review_prescreen_separation BEFORE INSERT ON "review" FOR EACH ROW EXECUTE FUNCTION refuse_prescreening_reviewer();
