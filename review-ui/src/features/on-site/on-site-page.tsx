import { onSiteStates } from "@mingcha/models/on-site";
import { Link } from "react-router";
import { useFieldWaiting } from "../../api/field.ts";
import { pictureUrl } from "../../api/media.ts";
import { useMyChecks } from "../../api/on-site.ts";
import { Badge, ClueStateBadge } from "../../components/badges.tsx";
import { ErrorPanel, Nothing, Page, Waiting } from "../../components/page.tsx";
import { formatInstant } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";
import { usePerson } from "../../session/person.tsx";
import { usePhotoQueue } from "./queue/use-photo-queue.ts";
import { SyncBar } from "./sync-bar.tsx";
import "./on-site.css";

/** Where the officer was sent. */
export function OnSitePage() {
  const { t } = useText();
  const person = usePerson();
  const checks = useMyChecks();
  const { photos } = usePhotoQueue(person.id);
  return (
    <Page title={t("onSite.title")}>
      <SyncBar photos={photos} personId={person.id} />
      {checks.isError && checks.data === undefined ? (
        <ErrorPanel error={checks.error} onRetry={() => void checks.refetch()} />
      ) : null}
      <OwnRecordings />
      {checks.isPending ? <Waiting /> : null}
      {checks.data?.items.length === 0 ? <Nothing>{t("onSite.nothing")}</Nothing> : null}
      <ul className="os-list">
        {(checks.data?.items ?? []).map((item) => (
          <li key={item.id}>
            <CheckCard
              item={item}
              waiting={photos.filter(({ checkId }) => checkId === item.id).length}
              me={person.id}
            />
          </li>
        ))}
      </ul>
    </Page>
  );
}

/** Recordings of devices the officer carried that wait for a word; nothing where none does. */
function OwnRecordings() {
  const { t } = useText();
  const { id } = usePerson();
  const waiting = useFieldWaiting();
  const { proposed = 0, orphans = 0 } = waiting.data?.own ?? {};
  if (proposed + orphans === 0) return null;
  return (
    <p className="os-recordings">
      <Link to={`/field-recordings?officer=${id}${proposed === 0 ? "&state=ORPHAN" : ""}`}>
        {t("field.own", { proposed, orphans })}
      </Link>
    </p>
  );
}

type Item = NonNullable<ReturnType<typeof useMyChecks>["data"]>["items"][number];

function CheckCard({ item, waiting, me }: { item: Item; waiting: number; me: string }) {
  const { t, pick } = useText();
  const signed = item.officers.some(({ id, signedAt }) => id === me && signedAt !== null);
  return (
    <Link className="os-card" to={`/on-site/${item.clueId}`}>
      {item.pictureId === null ? null : <img src={pictureUrl(item.pictureId)} alt="" loading="lazy" />}
      <span className="os-card-text">
        <b>{item.place}</b>
        <span>
          {pick(item.violationTitle)} · {formatInstant(item.seenAt, item.timezone)}
        </span>
        <span className="os-card-badges">
          {item.clueState === "ON_SITE_CHECK" ? (
            <Badge tone={item.state === "SIGNED_BY_BOTH" ? "good" : signed ? "info" : "warn"}>
              {pick(onSiteStates[item.state])}
            </Badge>
          ) : (
            <ClueStateBadge state={item.clueState} />
          )}
          <span>{t("onSite.photoCount", { total: item.photos })}</span>
          {waiting > 0 ? <Badge tone="warn">{t("onSite.waitingCount", { total: waiting })}</Badge> : null}
        </span>
        <small>
          {t("onSite.sentBy", { name: item.dispatchedBy, time: formatInstant(item.dispatchedAt, item.timezone) })} ·{" "}
          {item.officers.map(({ name }) => name).join("、")}
        </small>
      </span>
    </Link>
  );
}
