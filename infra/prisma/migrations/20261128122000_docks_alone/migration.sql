-- CreateIndex
CREATE UNIQUE INDEX "dock_source_id_key" ON "dock"("source_id");

-- CreateIndex
CREATE UNIQUE INDEX "dock_aircraft_sn_key" ON "dock"("aircraft_sn");
