-- AlterTable
ALTER TABLE "clip" ADD COLUMN     "altitude_type" TEXT,
ADD COLUMN     "telemetry_checks" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "telemetry_format" TEXT;

-- AlterTable
ALTER TABLE "telemetry_point" ADD COLUMN     "aircraft_pitch_deg" DOUBLE PRECISION,
ADD COLUMN     "aircraft_roll_deg" DOUBLE PRECISION,
ADD COLUMN     "aircraft_yaw_deg" DOUBLE PRECISION,
ADD COLUMN     "egm96_m" DOUBLE PRECISION,
ADD COLUMN     "ellipsoid_m" DOUBLE PRECISION,
ADD COLUMN     "focal35_mm" DOUBLE PRECISION,
ADD COLUMN     "fov_horizontal_deg" DOUBLE PRECISION,
ADD COLUMN     "fov_vertical_deg" DOUBLE PRECISION,
ADD COLUMN     "range_m" DOUBLE PRECISION,
ADD COLUMN     "sigma_horizontal_m" DOUBLE PRECISION,
ADD COLUMN     "sigma_vertical_m" DOUBLE PRECISION,
ADD COLUMN     "utc_at" TIMESTAMPTZ(3);
