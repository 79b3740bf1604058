-- AlterTable
ALTER TABLE "intake" ADD COLUMN     "start_hint" JSONB;

-- AlterTable
ALTER TABLE "clip" ADD COLUMN     "device_started_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "stream" (
    "source_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "user_name" TEXT,
    "password_box" TEXT,
    "policy" TEXT NOT NULL,
    "clip_s" INTEGER NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "version" INTEGER NOT NULL DEFAULT 1,
    "updated_by" UUID,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "stream_pkey" PRIMARY KEY ("source_id")
);

-- CreateTable
CREATE TABLE "stream_standing" (
    "source_id" TEXT NOT NULL,
    "holder" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "state" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_try_at" TIMESTAMPTZ(3),
    "last_packet_at" TIMESTAMPTZ(3),
    "clips" INTEGER NOT NULL DEFAULT 0,
    "bytes" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "stream_standing_pkey" PRIMARY KEY ("source_id")
);

-- CreateTable
CREATE TABLE "stream_gap" (
    "id" UUID NOT NULL,
    "source_id" TEXT NOT NULL,
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "to_at" TIMESTAMPTZ(3),
    "reason" TEXT NOT NULL,
    "reasons" TEXT[] DEFAULT ARRAY[]::TEXT[],

    CONSTRAINT "stream_gap_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stream_drop" (
    "source_id" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "cause" TEXT NOT NULL,
    "clips" INTEGER NOT NULL DEFAULT 0,
    "length_ms" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "stream_drop_pkey" PRIMARY KEY ("source_id","day","cause")
);

-- CreateIndex
CREATE INDEX "stream_gap_source_id_from_at_idx" ON "stream_gap"("source_id", "from_at");

-- AddForeignKey
ALTER TABLE "stream" ADD CONSTRAINT "stream_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "source"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stream_standing" ADD CONSTRAINT "stream_standing_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "stream"("source_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stream_gap" ADD CONSTRAINT "stream_gap_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "source"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- CreateTable
CREATE TABLE "ingest_machine" (
    "name" TEXT NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ingest_machine_pkey" PRIMARY KEY ("name")
);

-- One open gap a source: two machines that both think they hold it cannot both begin one.
CREATE UNIQUE INDEX "stream_gap_open_key" ON "stream_gap"("source_id") WHERE "to_at" IS NULL;
