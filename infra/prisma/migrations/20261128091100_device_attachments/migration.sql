-- CreateTable
CREATE TABLE "device_attachment" (
    "id" UUID NOT NULL,
    "record_id" UUID NOT NULL,
    "sha256" TEXT NOT NULL,
    "size_bytes" INTEGER NOT NULL,
    "media_type" TEXT NOT NULL,
    "view_sha256" TEXT,
    "view_made_by" JSONB,
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "withdrawn_at" TIMESTAMPTZ(3),
    "withdrawn_by" UUID,
    "withdrawn_reason" TEXT,

    CONSTRAINT "device_attachment_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "device_attachment_record_id_sha256_key" ON "device_attachment"("record_id", "sha256");

-- AddForeignKey
ALTER TABLE "device_attachment" ADD CONSTRAINT "device_attachment_record_id_fkey" FOREIGN KEY ("record_id") REFERENCES "device_record"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- A scan stays as it came; all that is ever added is its withdrawal, once.
CREATE FUNCTION keep_device_attachment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.withdrawn_at IS NOT NULL OR
     (to_jsonb(NEW) - 'withdrawn_at' - 'withdrawn_by' - 'withdrawn_reason') <> (to_jsonb(OLD) - 'withdrawn_at' - 'withdrawn_by' - 'withdrawn_reason') THEN
    RAISE EXCEPTION 'device_attachment is append-only' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER device_attachment_kept BEFORE UPDATE OR DELETE ON "device_attachment" FOR EACH ROW EXECUTE FUNCTION keep_device_attachment();
