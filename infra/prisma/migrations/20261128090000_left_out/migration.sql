-- AlterTable
ALTER TABLE "case" ADD COLUMN     "left_out" TEXT;

-- A record reaches "admissible" only with the passes that the law asks for. It reaches a case with them, or with a check at the place that
-- both officers signed: then the pictures stay out of the case (guard G-07).
CREATE FUNCTION passed_reviews(of_clue uuid, of_round integer) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM review r WHERE r.clue_id = of_clue AND r.round = of_round AND r.kind = 'merged' AND r.result = 'pass')
    OR (EXISTS (SELECT 1 FROM review r WHERE r.clue_id = of_clue AND r.round = of_round AND r.kind = 'technical' AND r.result = 'pass')
        AND EXISTS (SELECT 1 FROM review r WHERE r.clue_id = of_clue AND r.round = of_round AND r.kind = 'legal' AND r.result = 'pass'))
$$;
CREATE FUNCTION checked_by_both(of_clue uuid, of_round integer) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT 1 FROM on_site_check o WHERE o.clue_id = of_clue AND o.round = of_round AND o.state = 'SIGNED_BY_BOTH'
      AND o.findings ->> 'result' IN ('confirmed', 'corrected')
      AND NOT EXISTS (SELECT 1 FROM on_site_check n WHERE n.clue_id = o.clue_id AND n.round = o.round AND n.created_at > o.created_at)
      AND (SELECT count(*) FROM on_site_signature s WHERE s.check_id = o.id AND s.voided_at IS NULL AND s.person_id IN (o.first_officer_id, o.second_officer_id)) = 2)
$$;
CREATE OR REPLACE FUNCTION refuse_unreviewed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state IN ('ADMISSIBLE', 'READY_TO_FILE', 'FILED') AND NOT passed_reviews(NEW.id, NEW.round)
    AND NOT (NEW.state <> 'ADMISSIBLE' AND NEW.confirmed_on_site AND checked_by_both(NEW.id, NEW.round)) THEN
    RAISE EXCEPTION 'a record without passed reviews cannot become evidence' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

-- A case whose record did not pass says that its pictures are left out, and what a case says of that stays.
CREATE FUNCTION refuse_unreviewed_pictures() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.left_out IS DISTINCT FROM OLD.left_out THEN
    RAISE EXCEPTION 'which evidence a case was filed on stays' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF TG_OP = 'INSERT' AND NEW.left_out IS NULL AND NOT EXISTS (
    SELECT 1 FROM clue c WHERE c.id = NEW.clue_id AND passed_reviews(c.id, c.round)
  ) THEN
    RAISE EXCEPTION 'pictures without passed reviews are no evidence of a case' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER case_pictures_reviewed BEFORE INSERT OR UPDATE ON "case" FOR EACH ROW EXECUTE FUNCTION refuse_unreviewed_pictures();
