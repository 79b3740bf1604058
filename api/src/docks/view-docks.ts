import type { DockLinkModel, DockModel, DockStandingModel, SourceModel } from "@mingcha/infra/db";
import {
  type CredentialReason,
  credentialReasons,
  type DockFileState,
  dockFileStateCodes,
  dockFileStates,
  dockLimits,
  type LinkReason,
  type LinkState,
  linkReasons,
  linkStates,
} from "@mingcha/models/dock";
import type { DockRow, DocksView } from "@mingcha/models/http";
import type { Deps } from "../deps.ts";

export type Counts = DockRow["files"];
const none = (): Counts =>
  Object.fromEntries(dockFileStateCodes.map((state): [DockFileState, number] => [state, 0])) as Counts;

/** Files by state; a state of a newer version counts nowhere. */
export function countsOf(rows: readonly { readonly state: string; readonly files: number }[]): Counts {
  const counts = none();
  for (const { state, files } of rows) if (Object.hasOwn(dockFileStates, state)) counts[state as DockFileState] = files;
  return counts;
}

/** Every dock and the connection to the broker. */
export async function viewDocks({ db, now }: Pick<Deps, "db" | "now">): Promise<DocksView> {
  const [docks, link, groups] = await Promise.all([
    db.dock.findMany({ orderBy: { createdAt: "asc" }, include: { standing: true } }),
    db.dockLink.findUnique({ where: { id: 1 } }),
    db.dockFile.groupBy({ by: ["sn", "state"], _count: { _all: true } }),
  ]);
  const sources = await db.source.findMany({
    where: { id: { in: docks.flatMap(({ sourceId }) => sourceId ?? []) } },
  });
  const sourceOf = new Map(sources.map((source) => [source.id, source]));
  return {
    link: viewLink(link, now()),
    items: docks.map((dock) =>
      viewDock(
        dock,
        sourceOf.get(dock.sourceId ?? "") ?? null,
        countsOf(groups.filter(({ sn }) => sn === dock.sn).map(({ state, _count }) => ({ state, files: _count._all }))),
        now(),
      ),
    ),
  };
}

/** A lease that ran out: the machine that held the connection is gone. */
function viewLink(link: DockLinkModel | null, now: Date): DocksView["link"] {
  if (link === null) return null;
  const { state, since, reason, holder, leaseUntil } = link;
  if (holder !== null && leaseUntil !== null && leaseUntil < now)
    return { state: "lost", since: leaseUntil.toISOString(), reason: "machine_lost" };
  return {
    state: isLinkState(state) ? state : "off",
    since: since.toISOString(),
    reason: reason !== null && isLinkReason(reason) ? reason : null,
  };
}

export function viewDock(
  dock: DockModel & { readonly standing: DockStandingModel | null },
  source: SourceModel | null,
  files: Counts,
  now: Date,
): DockRow {
  const { sn, name, aircraftSn, enabled, version, standing } = dock;
  const last = standing?.lastMessageAt ?? null;
  const online = last !== null && now.getTime() - last.getTime() <= dockLimits.offlineAfterMs;
  const reason = standing?.credentialsReason ?? null;
  return {
    sn,
    name,
    source:
      source === null
        ? null
        : { id: source.id, name: source.name, district: source.district, timezone: source.timezone },
    aircraftSn,
    enabled,
    version,
    online,
    since: (online ? (standing?.onlineSince ?? last) : last)?.toISOString() ?? null,
    lastMessageAt: last?.toISOString() ?? null,
    messages: Number(standing?.messages ?? 0),
    boundAt: standing?.boundAt?.toISOString() ?? null,
    credentials:
      standing === null
        ? null
        : {
            at: standing.credentialsAt?.toISOString() ?? null,
            until: standing.credentialsUntil?.toISOString() ?? null,
            reason: reason !== null && isCredentialReason(reason) ? reason : null,
          },
    files,
  };
}

const isLinkState = (value: string): value is LinkState => Object.hasOwn(linkStates, value);
const isLinkReason = (value: string): value is LinkReason => Object.hasOwn(linkReasons, value);
const isCredentialReason = (value: string): value is CredentialReason => Object.hasOwn(credentialReasons, value);
