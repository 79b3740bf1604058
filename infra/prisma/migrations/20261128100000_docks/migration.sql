-- CreateTable
CREATE TABLE "dock" (
    "sn" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "source_id" TEXT,
    "aircraft_sn" TEXT,
    "binding_code" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "version" INTEGER NOT NULL DEFAULT 1,
    "updated_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "dock_pkey" PRIMARY KEY ("sn")
);

-- CreateTable
CREATE TABLE "dock_standing" (
    "sn" TEXT NOT NULL,
    "messages" BIGINT NOT NULL DEFAULT 0,
    "last_message_at" TIMESTAMPTZ(3),
    "online_since" TIMESTAMPTZ(3),
    "aircraft_sn" TEXT,
    "bound_at" TIMESTAMPTZ(3),
    "credentials_at" TIMESTAMPTZ(3),
    "credentials_until" TIMESTAMPTZ(3),
    "credentials_reason" TEXT,
    "osd" JSONB NOT NULL DEFAULT '{}',
    "clock_at" TIMESTAMPTZ(3),
    "clock_offset_ms" BIGINT,

    CONSTRAINT "dock_standing_pkey" PRIMARY KEY ("sn")
);

-- CreateTable
CREATE TABLE "dock_credential" (
    "id" UUID NOT NULL,
    "sn" TEXT NOT NULL,
    "bucket" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "access_key_id" TEXT NOT NULL,
    "issued_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "dock_credential_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dock_flight" (
    "sn" TEXT NOT NULL,
    "flight_id" TEXT NOT NULL,
    "expected_files" INTEGER,
    "uploaded_files" INTEGER,
    "progress" TEXT,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "dock_flight_pkey" PRIMARY KEY ("sn","flight_id")
);

-- CreateTable
CREATE TABLE "dock_file" (
    "id" UUID NOT NULL,
    "sn" TEXT NOT NULL,
    "flight_id" TEXT,
    "object_key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'noticed',
    "state_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "reason_code" TEXT,
    "reason_zh" TEXT,
    "reason_en" TEXT,
    "found_by" TEXT NOT NULL,
    "found_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "notices" INTEGER NOT NULL DEFAULT 0,
    "said" JSONB,
    "etag" TEXT,
    "size_bytes" BIGINT,
    "sha256" TEXT,
    "kept_sha256" TEXT,
    "intake_id" UUID,
    "removed_at" TIMESTAMPTZ(3),
    "looked_at" TIMESTAMPTZ(3),

    CONSTRAINT "dock_file_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dock_drop" (
    "sn" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "cause" TEXT NOT NULL,
    "messages" INTEGER NOT NULL DEFAULT 0,
    "last_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "dock_drop_pkey" PRIMARY KEY ("sn","day","cause")
);

-- CreateTable
CREATE TABLE "dock_link" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "client_id" TEXT NOT NULL,
    "holder" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "state" TEXT NOT NULL DEFAULT 'off',
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "reason" TEXT,

    CONSTRAINT "dock_link_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "dock_credential_sn_issued_at_idx" ON "dock_credential"("sn", "issued_at");

-- CreateIndex
CREATE INDEX "dock_flight_sn_last_seen_at_idx" ON "dock_flight"("sn", "last_seen_at");

-- CreateIndex
CREATE UNIQUE INDEX "dock_file_object_key_key" ON "dock_file"("object_key");

-- CreateIndex
CREATE INDEX "dock_file_state_looked_at_idx" ON "dock_file"("state", "looked_at");

-- CreateIndex
CREATE INDEX "dock_file_sn_flight_id_idx" ON "dock_file"("sn", "flight_id");

-- CreateIndex
CREATE INDEX "dock_file_intake_id_idx" ON "dock_file"("intake_id");

-- AddForeignKey
ALTER TABLE "dock_standing" ADD CONSTRAINT "dock_standing_sn_fkey" FOREIGN KEY ("sn") REFERENCES "dock"("sn") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dock_flight" ADD CONSTRAINT "dock_flight_sn_fkey" FOREIGN KEY ("sn") REFERENCES "dock"("sn") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dock_file" ADD CONSTRAINT "dock_file_sn_fkey" FOREIGN KEY ("sn") REFERENCES "dock"("sn") ON DELETE RESTRICT ON UPDATE CASCADE;
