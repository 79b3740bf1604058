-- CreateIndex
CREATE INDEX "occupancy_source_id_state_to_at_idx" ON "occupancy"("source_id", "state", "to_at");

-- CreateIndex
CREATE INDEX "clue_source_id_created_at_state_idx" ON "clue"("source_id", "created_at", "state");

-- Tells every process that listens what was committed: ids and states alone. A payload that PostgreSQL would refuse is left out, since a
-- record must never fail because nobody could be told of it; pages still ask by themselves.
CREATE FUNCTION tell_change(payload json) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF octet_length(payload::text) < 7900 THEN
    PERFORM pg_notify('mingcha_changes', payload::text);
  END IF;
END $$;

CREATE FUNCTION tell_clue() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  what text;
BEGIN
  IF TG_OP = 'INSERT' THEN what := 'opened';
  ELSIF OLD.state IS DISTINCT FROM NEW.state THEN what := 'moved';
  ELSIF OLD.leased_by IS DISTINCT FROM NEW.leased_by THEN what := 'taken';
  ELSE RETURN NULL;
  END IF;
  PERFORM tell_change(json_build_object('kind', 'clue', 'id', NEW.id, 'sourceId', NEW.source_id, 'state', NEW.state, 'change', what));
  RETURN NULL;
END $$;
CREATE TRIGGER clue_told AFTER INSERT OR UPDATE OF state, leased_by ON "clue" FOR EACH ROW EXECUTE FUNCTION tell_clue();

-- A clue is opened before its pictures are cut: a list shows them when they are there.
CREATE FUNCTION tell_pictures() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM tell_change(json_build_object('kind', 'clue', 'id', c.id, 'sourceId', c.source_id, 'state', c.state, 'change', 'pictured'))
  FROM clue c WHERE c.flag_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER flag_pictures_told AFTER UPDATE OF evidence_to ON "flag" FOR EACH ROW
  WHEN (OLD.evidence_to IS DISTINCT FROM NEW.evidence_to) EXECUTE FUNCTION tell_pictures();

-- What a source looks like now. Several in one transaction are one notification: PostgreSQL folds equal payloads.
CREATE FUNCTION tell_source() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM tell_change(json_build_object('kind', 'source', 'sourceId', CASE WHEN TG_TABLE_NAME = 'source' THEN to_jsonb(NEW) ->> 'id' ELSE to_jsonb(NEW) ->> 'source_id' END));
  RETURN NULL;
END $$;
CREATE TRIGGER source_told AFTER INSERT OR UPDATE ON "source" FOR EACH ROW EXECUTE FUNCTION tell_source();
CREATE TRIGGER scene_told AFTER INSERT ON "scene" FOR EACH ROW EXECUTE FUNCTION tell_source();
CREATE TRIGGER clip_told AFTER UPDATE OF state ON "clip" FOR EACH ROW
  WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION tell_source();
CREATE TRIGGER device_record_told AFTER INSERT OR UPDATE ON "device_record" FOR EACH ROW EXECUTE FUNCTION tell_source();
CREATE TRIGGER clock_sample_told AFTER INSERT ON "clock_sample" FOR EACH ROW EXECUTE FUNCTION tell_source();

-- A stream of changes ends with the session it was opened in, whichever process closed that. Never sent to a page.
CREATE FUNCTION tell_session() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM tell_change(json_build_object('kind', 'session', 'personId', OLD.person_id));
  RETURN NULL;
END $$;
CREATE TRIGGER session_end_told AFTER DELETE ON "session" FOR EACH ROW EXECUTE FUNCTION tell_session();

CREATE FUNCTION tell_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM tell_change(json_build_object('kind', 'session', 'personId', NEW.id));
  RETURN NULL;
END $$;
CREATE TRIGGER person_told AFTER UPDATE OF disabled_at, duties ON "person" FOR EACH ROW EXECUTE FUNCTION tell_person();
