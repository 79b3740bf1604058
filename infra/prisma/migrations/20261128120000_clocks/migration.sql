-- AlterTable
ALTER TABLE "clock_sample" ADD COLUMN     "detail" JSONB,
ADD COLUMN     "host_ahead_ms" INTEGER,
ADD COLUMN     "host_uncertainty_ms" INTEGER,
ADD COLUMN     "machine" TEXT;

-- AlterTable
ALTER TABLE "stream" ADD COLUMN     "onvif_enabled" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "onvif_path" TEXT,
ADD COLUMN     "onvif_port" INTEGER;

-- CreateTable
CREATE TABLE "clock_try" (
    "source_id" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "tried_at" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "request_id" UUID,

    CONSTRAINT "clock_try_pkey" PRIMARY KEY ("source_id","method")
);

-- CreateTable
CREATE TABLE "clock_request" (
    "id" UUID NOT NULL,
    "source_id" TEXT NOT NULL,
    "asked_by" UUID NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "clock_request_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "host_clock" (
    "machine" TEXT NOT NULL,
    "tried_at" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT,
    "measured_at" TIMESTAMPTZ(3),
    "ahead_ms" DOUBLE PRECISION,
    "uncertainty_ms" DOUBLE PRECISION,
    "server" TEXT,
    "stratum" INTEGER,

    CONSTRAINT "host_clock_pkey" PRIMARY KEY ("machine")
);

-- CreateIndex
CREATE INDEX "clock_sample_source_id_method_at_idx" ON "clock_sample"("source_id", "method", "at");

-- CreateIndex
CREATE INDEX "clock_request_source_id_asked_at_idx" ON "clock_request"("source_id", "asked_at");

-- AddForeignKey
ALTER TABLE "clock_try" ADD CONSTRAINT "clock_try_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "stream"("source_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "clock_request" ADD CONSTRAINT "clock_request_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "stream"("source_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Who asked for a comparison stays as it was asked; what became of it stands in clock_try.
CREATE TRIGGER clock_request_no_change BEFORE UPDATE OR DELETE ON "clock_request" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER clock_request_no_truncate BEFORE TRUNCATE ON "clock_request" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
