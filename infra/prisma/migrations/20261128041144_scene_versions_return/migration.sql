-- DropIndex
DROP INDEX "scene_source_id_sha256_key";

-- CreateIndex
CREATE INDEX "scene_source_id_sha256_idx" ON "scene"("source_id", "sha256");
