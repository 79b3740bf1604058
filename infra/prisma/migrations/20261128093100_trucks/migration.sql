-- CreateTable
CREATE TABLE "truck_file" (
    "id" UUID NOT NULL,
    "sha256" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "rows_new" INTEGER NOT NULL,
    "rows_same" INTEGER NOT NULL,
    "rows_wrong" INTEGER NOT NULL,
    "imported_by" UUID,
    "imported_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "withdrawn_at" TIMESTAMPTZ(3),
    "withdrawn_by" UUID,
    "withdrawn_reason" TEXT,

    CONSTRAINT "truck_file_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "truck_event" (
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "plate" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "document" JSONB NOT NULL,
    "file_id" UUID NOT NULL,
    "row" INTEGER NOT NULL,
    "withdrawn" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "truck_event_pkey" PRIMARY KEY ("file_id","row")
);

-- CreateTable
CREATE TABLE "truck_point" (
    "plate" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "longitude" DOUBLE PRECISION NOT NULL,
    "latitude" DOUBLE PRECISION NOT NULL,
    "speed_kmh" DOUBLE PRECISION,
    "file_id" UUID NOT NULL,
    "row" INTEGER NOT NULL,
    "withdrawn" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "truck_point_pkey" PRIMARY KEY ("file_id","row")
);

-- CreateTable
CREATE TABLE "truck_day" (
    "day" TEXT NOT NULL,
    "wanted" INTEGER NOT NULL DEFAULT 1,
    "done" INTEGER NOT NULL DEFAULT 0,
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "truck_day_pkey" PRIMARY KEY ("day")
);

-- CreateTable
CREATE TABLE "truck_trip" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "plate" TEXT NOT NULL,
    "site" TEXT,
    "start_at" TIMESTAMPTZ(3) NOT NULL,
    "findings" INTEGER NOT NULL,
    "permit_id" UUID,
    "brought_t" DOUBLE PRECISION,
    "document" JSONB NOT NULL,

    CONSTRAINT "truck_trip_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "truck_lead" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "plate" TEXT NOT NULL,
    "site" TEXT,
    "day" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "longitude" DOUBLE PRECISION,
    "latitude" DOUBLE PRECISION,
    "state" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "document" JSONB NOT NULL,
    "unfound_at" TIMESTAMPTZ(3),
    "reason_code" TEXT,
    "note" TEXT,
    "decided_by" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "found_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "truck_lead_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "truck_file_imported_at_idx" ON "truck_file"("imported_at");

-- CreateIndex
CREATE INDEX "truck_event_at_idx" ON "truck_event"("at");

-- CreateIndex
CREATE INDEX "truck_point_at_idx" ON "truck_point"("at");

-- CreateIndex
CREATE UNIQUE INDEX "truck_trip_key_key" ON "truck_trip"("key");

-- CreateIndex
CREATE INDEX "truck_trip_day_idx" ON "truck_trip"("day");

-- CreateIndex
CREATE INDEX "truck_trip_start_at_id_idx" ON "truck_trip"("start_at", "id");

-- CreateIndex
CREATE INDEX "truck_trip_permit_id_start_at_idx" ON "truck_trip"("permit_id", "start_at");

-- CreateIndex
CREATE UNIQUE INDEX "truck_lead_key_key" ON "truck_lead"("key");

-- CreateIndex
CREATE INDEX "truck_lead_state_at_id_idx" ON "truck_lead"("state", "at", "id");

-- CreateIndex
CREATE INDEX "truck_lead_day_idx" ON "truck_lead"("day");

-- AddForeignKey
ALTER TABLE "truck_event" ADD CONSTRAINT "truck_event_file_id_fkey" FOREIGN KEY ("file_id") REFERENCES "truck_file"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "truck_file" ADD CONSTRAINT "truck_file_imported_by_fkey" FOREIGN KEY ("imported_by") REFERENCES "person"("id");
ALTER TABLE "truck_point" ADD CONSTRAINT "truck_point_file_id_fkey" FOREIGN KEY ("file_id") REFERENCES "truck_file"("id");
ALTER TABLE "truck_lead" ADD CONSTRAINT "truck_lead_decided_by_fkey" FOREIGN KEY ("decided_by") REFERENCES "person"("id");
ALTER TABLE "truck_lead" ADD CONSTRAINT "truck_lead_state_known" CHECK (state IN ('NEW', 'TAKEN_UP', 'DISCARDED', 'LAPSED'));

ALTER TABLE "truck_file" ADD CONSTRAINT "truck_file_withdrawn_by_fkey" FOREIGN KEY ("withdrawn_by") REFERENCES "person"("id");

-- One thing that happened is one row among those that count; a withdrawn one makes room for its correction.
CREATE UNIQUE INDEX "truck_event_counts_once" ON "truck_event" ("key") WHERE NOT "withdrawn";
CREATE UNIQUE INDEX "truck_point_counts_once" ON "truck_point" ("plate", "at") WHERE NOT "withdrawn";

-- What was observed stays as it came; all that is ever added is a withdrawal, once.
CREATE FUNCTION keep_truck_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.withdrawn_at IS NOT NULL OR
     (to_jsonb(NEW) - 'withdrawn_at' - 'withdrawn_by' - 'withdrawn_reason') <> (to_jsonb(OLD) - 'withdrawn_at' - 'withdrawn_by' - 'withdrawn_reason') THEN
    RAISE EXCEPTION 'truck_file is append-only' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION keep_truck_rows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.withdrawn OR NOT NEW.withdrawn OR (to_jsonb(NEW) - 'withdrawn') <> (to_jsonb(OLD) - 'withdrawn') THEN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER truck_file_kept BEFORE UPDATE OR DELETE ON "truck_file" FOR EACH ROW EXECUTE FUNCTION keep_truck_file();
CREATE TRIGGER truck_event_kept BEFORE UPDATE OR DELETE ON "truck_event" FOR EACH ROW EXECUTE FUNCTION keep_truck_rows();
CREATE TRIGGER truck_point_kept BEFORE UPDATE OR DELETE ON "truck_point" FOR EACH ROW EXECUTE FUNCTION keep_truck_rows();

-- A lead is never deleted, and its state changes by its next version.
CREATE FUNCTION keep_truck_lead() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR (NEW.state <> OLD.state AND NEW.version <> OLD.version + 1) THEN
    RAISE EXCEPTION 'a truck lead changes by its next version' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER truck_lead_kept BEFORE UPDATE OR DELETE ON "truck_lead" FOR EACH ROW EXECUTE FUNCTION keep_truck_lead();
