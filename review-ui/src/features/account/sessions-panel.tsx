import { App, Button } from "antd";
import { useEndOtherSessions, useSessions } from "../../api/session.ts";
import { Badge } from "../../components/badges.tsx";
import { ErrorPanel, Panel } from "../../components/page.tsx";
import { bureauTimezone } from "../../lib/bureau-timezone.ts";
import { formatInstant } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";
import { nameBrowser } from "./name-browser.ts";

/** Where the account is signed in; a desk that was left can be ended from here. */
export function SessionsPanel() {
  const { t } = useText();
  const { message } = App.useApp();
  const sessions = useSessions();
  const end = useEndOtherSessions();
  const items = sessions.data?.items ?? [];
  const time = (at: string): string => formatInstant(at, bureauTimezone).slice(0, 16);
  return (
    <Panel
      title={t("people.sessions")}
      extra={
        <Button
          size="small"
          disabled={items.length < 2}
          loading={end.isPending}
          onClick={() =>
            end.mutate(undefined, {
              onSuccess: ({ ended }) => void message.success(t("people.othersEnded", { total: ended })),
            })
          }
        >
          {t("people.endOthers")}
        </Button>
      }
    >
      {sessions.isError ? <ErrorPanel error={sessions.error} onRetry={() => void sessions.refetch()} /> : null}
      <ul className="account-list">
        {items.map((session) => (
          <li key={session.id}>
            <b>{nameBrowser(session.agent) ?? t("people.unknownBrowser")}</b>
            {session.current ? <Badge tone="info">{t("people.sessionNow")}</Badge> : null}
            <span>{t("people.sessionSince", { opened: time(session.openedAt), seen: time(session.lastSeenAt) })}</span>
          </li>
        ))}
      </ul>
      {items.length === 1 ? <p className="account-hint">{t("people.noOthers")}</p> : null}
    </Panel>
  );
}
