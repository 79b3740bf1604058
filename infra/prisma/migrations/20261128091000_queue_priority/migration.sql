-- CreateEnum
CREATE TYPE "CluePriority" AS ENUM ('URGENT', 'HIGH', 'NORMAL', 'LOW');

-- AlterTable
ALTER TABLE "clue" ADD COLUMN     "priority" "CluePriority" NOT NULL DEFAULT 'NORMAL',
ADD COLUMN     "priority_by" UUID,
ADD COLUMN     "priority_note" TEXT,
ADD COLUMN     "priority_reason" TEXT NOT NULL DEFAULT 'in_turn',
ADD COLUMN     "queue_at" TIMESTAMPTZ(3);

-- Records from before stand where their due time puts them; levels as models/clue/priority.ts gives them. No record moves: triggers rest.
ALTER TABLE "clue" DISABLE TRIGGER USER;
UPDATE "clue" c SET "queue_at" = c."due_at",
  "priority" = (CASE WHEN r.reason = 'in_turn' THEN 'NORMAL' ELSE 'HIGH' END)::"CluePriority",
  "priority_reason" = r.reason
FROM (
  SELECT k."id", CASE
    WHEN k."round" > 1 THEN 'returned'
    WHEN k."violation" = 'WASTE_DUMP' THEN 'dumping'
    WHEN k."violation" IN ('TRUCK_UNCOVERED', 'TRUCK_DIRTY', 'TRUCK_OFF_ROUTE', 'TAXI_STOP') THEN 'drives_away'
    WHEN s."kind" = 'drone' THEN 'drone'
    WHEN k."violation" = 'ROAD_PILE' THEN 'obstructs'
    ELSE 'in_turn' END AS reason
  FROM "clue" k LEFT JOIN "source" s ON s."id" = k."source_id"
) r WHERE r."id" = c."id";
ALTER TABLE "clue" ENABLE TRIGGER USER;
ALTER TABLE "clue" ALTER COLUMN "queue_at" SET NOT NULL;

-- CreateIndex
CREATE INDEX "clue_state_queue_at_priority_created_at_id_idx" ON "clue"("state", "queue_at", "priority", "created_at", "id");

-- CreateIndex
CREATE INDEX "clue_violation_state_queue_at_priority_created_at_id_idx" ON "clue"("violation", "state", "queue_at", "priority", "created_at", "id");

-- CreateIndex
CREATE INDEX "clue_source_id_state_queue_at_priority_created_at_id_idx" ON "clue"("source_id", "state", "queue_at", "priority", "created_at", "id");

-- CreateIndex
CREATE INDEX "clue_place_state_queue_at_priority_created_at_id_idx" ON "clue"("place", "state", "queue_at", "priority", "created_at", "id");

-- Who has a queue open sees a record move in it.
CREATE OR REPLACE FUNCTION tell_clue() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  what text;
BEGIN
  IF TG_OP = 'INSERT' THEN what := 'opened';
  ELSIF OLD.state IS DISTINCT FROM NEW.state THEN what := 'moved';
  ELSIF OLD.leased_by IS DISTINCT FROM NEW.leased_by THEN what := 'taken';
  ELSIF OLD.priority IS DISTINCT FROM NEW.priority OR OLD.priority_reason IS DISTINCT FROM NEW.priority_reason THEN what := 'ranked';
  ELSE RETURN NULL;
  END IF;
  PERFORM tell_change(json_build_object('kind', 'clue', 'id', NEW.id, 'sourceId', NEW.source_id, 'state', NEW.state, 'change', what));
  RETURN NULL;
END $$;
DROP TRIGGER clue_told ON "clue";
CREATE TRIGGER clue_told AFTER INSERT OR UPDATE OF state, leased_by, priority, priority_reason ON "clue" FOR EACH ROW EXECUTE FUNCTION tell_clue();
