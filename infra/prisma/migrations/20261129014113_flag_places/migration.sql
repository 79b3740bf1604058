-- CreateTable
CREATE TABLE "flag_place" (
    "flag_id" UUID NOT NULL,
    "clip_id" UUID,
    "offset_ms" INTEGER,
    "longitude" DOUBLE PRECISION,
    "latitude" DOUBLE PRECISION,
    "long_m" DOUBLE PRECISION,
    "short_m" DOUBLE PRECISION,
    "bearing_deg" DOUBLE PRECISION,
    "radius95_m" DOUBLE PRECISION,
    "reason_zh" TEXT,
    "reason_en" TEXT,
    "method" TEXT NOT NULL,
    "flag_updated_at" TIMESTAMPTZ(3) NOT NULL,
    "track" TEXT,
    "computed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "flag_place_pkey" PRIMARY KEY ("flag_id")
);

-- AddForeignKey
ALTER TABLE "flag_place" ADD CONSTRAINT "flag_place_flag_id_fkey" FOREIGN KEY ("flag_id") REFERENCES "flag"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A map is told when a flag's place on the ground is known or another one.
CREATE FUNCTION tell_place() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM tell_change(json_build_object('kind', 'clue', 'id', c.id, 'sourceId', c.source_id, 'state', c.state, 'change', 'placed'))
  FROM clue c WHERE c.flag_id = NEW.flag_id;
  RETURN NULL;
END $$;
CREATE TRIGGER flag_place_told AFTER INSERT OR UPDATE ON "flag_place" FOR EACH ROW EXECUTE FUNCTION tell_place();
