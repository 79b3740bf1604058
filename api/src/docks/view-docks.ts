import type { DockLinkModel, DockModel, DockStandingModel, SourceModel } from "@mingcha/infra/db";
import {
  type CredentialReason,
  credentialReasons,
  heardOf,
  type LinkReason,
  type LinkState,
  linkReasons,
  linkStates,
} from "@mingcha/models/dock";
import type { DockRow, DocksView } from "@mingcha/models/http";
import type { Deps } from "../deps.ts";
import { countFiles, sumUp } from "./count-files.ts";

/** Every dock and the connection to the broker. */
export async function viewDocks({ db, now }: Pick<Deps, "db" | "now">): Promise<DocksView> {
  const [docks, link, counts] = await Promise.all([
    db.dock.findMany({ orderBy: { createdAt: "asc" }, include: { standing: true } }),
    db.dockLink.findUnique({ where: { id: 1 } }),
    countFiles(db),
  ]);
  const sources = await db.source.findMany({
    where: { id: { in: docks.flatMap(({ sourceId }) => sourceId ?? []) } },
  });
  const sourceOf = new Map(sources.map((source) => [source.id, source]));
  const at = now();
  const shown = viewLink(link, at);
  return {
    link: shown,
    items: docks.map((dock) =>
      viewDock(dock, {
        source: sourceOf.get(dock.sourceId ?? "") ?? null,
        sums: sumUp(counts.filter(({ sn }) => sn === dock.sn)),
        link: shown,
        now: at,
      }),
    ),
  };
}

/** A lease that ran out: the machine that held the connection is gone. */
export function viewLink(link: DockLinkModel | null, now: Date): DocksView["link"] {
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

interface Around {
  readonly source: SourceModel | null;
  readonly sums: ReturnType<typeof sumUp>;
  readonly link: DocksView["link"];
  readonly now: Date;
}

export function viewDock(
  dock: DockModel & { readonly standing: DockStandingModel | null },
  { source, sums, link, now }: Around,
): DockRow {
  const { sn, name, aircraftSn, enabled, version, standing } = dock;
  const last = standing?.lastMessageAt ?? null;
  const connectedMs = link?.state === "connected" ? Date.parse(link.since) : null;
  const lastReason = standing?.credentialsReason ?? null;
  // it has a source by now, and will be told so when it asks again
  const reason = lastReason === "not_bound" && source !== null ? null : lastReason;
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
    heard: heardOf({ lastMs: last?.getTime() ?? null, connectedMs }, now.getTime()),
    since: (standing?.onlineSince ?? last)?.toISOString() ?? null,
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
    ...sums,
  };
}

const isLinkState = (value: string): value is LinkState => Object.hasOwn(linkStates, value);
const isLinkReason = (value: string): value is LinkReason => Object.hasOwn(linkReasons, value);
const isCredentialReason = (value: string): value is CredentialReason => Object.hasOwn(credentialReasons, value);
