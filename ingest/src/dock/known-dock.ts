import type { DockModel } from "@mingcha/infra/db";
import type { Envelope } from "@mingcha/models/dock";
import type { DockDeps } from "./dock-deps.ts";

/** A dock that is registered and switched on, with the message it sent. */
export interface Asked {
  readonly dock: DockModel;
  readonly envelope: Envelope;
}

/** The dock of a serial number; of an aircraft's too, for what aircraft send themselves. Null: not registered, or switched off. */
export function findDock({ db }: Pick<DockDeps, "db">, sn: string, topic: string): Promise<DockModel | null> {
  const isOfAircraft = topic === "osd" || topic === "state";
  return db.dock.findFirst({ where: { enabled: true, OR: [{ sn }, ...(isOfAircraft ? [{ aircraftSn: sn }] : [])] } });
}
