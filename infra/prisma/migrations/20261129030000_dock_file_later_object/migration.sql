-- AlterTable
ALTER TABLE "dock_file" ADD COLUMN     "later_etag" TEXT;

-- Of files that were overwritten until now nobody knows which object was noted: what lies there at the next sweep is a new question, closed or not.
