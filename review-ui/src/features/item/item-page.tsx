import { useParams } from "react-router";
import { useClue } from "../../api/clues.ts";
import { ErrorPanel, Page, Waiting } from "../../components/page.tsx";
import { useText } from "../../lib/use-text.ts";
import { ItemView } from "./item-view.tsx";

/** One record. Everything a sitting remembers belongs to that record and starts afresh with the next. */
export function ItemPage() {
  const { t } = useText();
  const { id = "" } = useParams();
  const clue = useClue(id);
  if (clue.isPending) return <Waiting />;
  if (clue.data === undefined) {
    return (
      <Page title={t("item.title")}>
        <ErrorPanel error={clue.error} onRetry={() => void clue.refetch()} />
      </Page>
    );
  }
  return <ItemView key={id} clue={clue.data} />;
}
