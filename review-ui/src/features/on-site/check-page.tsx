import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { Link, useParams } from "react-router";
import { reloadClue, useClue } from "../../api/clues.ts";
import { useClueChecks } from "../../api/on-site.ts";
import { ErrorPanel, Nothing, Page, Waiting } from "../../components/page.tsx";
import { useText } from "../../lib/use-text.ts";
import { CheckView } from "./check-view.tsx";

/** One on-site check on the phone of an officer. */
export function CheckPage() {
  const { t } = useText();
  const { clueId = "" } = useParams();
  const client = useQueryClient();
  const clue = useClue(clueId);
  const checks = useClueChecks(clueId, 5_000);
  const check = checks.data?.checks[0];
  // what the record offers changes with the signatures; asking is recorded as a view, so only a change asks
  const state = check?.state;
  const shown = useRef(state);
  useEffect(() => {
    if (shown.current !== undefined && shown.current !== state) void reloadClue(client, clueId);
    shown.current = state;
  }, [client, clueId, state]);
  if (clue.data === undefined || checks.data === undefined) {
    const error = clue.error ?? checks.error;
    return (
      <Page title={t("onSite.title")}>
        {error === null ? (
          <Waiting />
        ) : (
          <ErrorPanel
            error={error}
            onRetry={() => {
              void clue.refetch();
              void checks.refetch();
            }}
          />
        )}
      </Page>
    );
  }
  if (check === undefined)
    return (
      <Page title={t("onSite.title")}>
        <Nothing>
          {t("onSite.nobodySent")} <Link to={`/clues/${clueId}`}>{t("onSite.openRecord")}</Link>
        </Nothing>
      </Page>
    );
  return <CheckView key={check.id} clue={clue.data} check={check} onReload={() => void reloadClue(client, clueId)} />;
}
