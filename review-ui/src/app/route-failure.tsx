import { Alert, Button } from "antd";
import { useText } from "../lib/use-text.ts";

/** A page that broke, or whose file is gone because a newer version was installed meanwhile. */
export function RouteFailure() {
  const { t } = useText();
  return (
    <div className="page">
      <Alert
        type="error"
        showIcon
        title={t("error.page")}
        description={t("error.pageHint")}
        action={<Button onClick={() => window.location.reload()}>{t("action.reload")}</Button>}
      />
    </div>
  );
}
