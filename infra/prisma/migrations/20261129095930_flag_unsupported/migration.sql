-- AlterTable
ALTER TABLE "flag" ADD COLUMN     "unsupported_at" TIMESTAMPTZ(3);
