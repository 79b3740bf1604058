import { CheckCircleFilled, EditOutlined } from "@ant-design/icons";
import type { OnSiteCheckView } from "@mingcha/models/http";
import { Button } from "antd";
import { useSignCheck } from "../../api/on-site.ts";
import { Copyable } from "../../components/copyable.tsx";
import { ErrorPanel, Panel } from "../../components/page.tsx";
import { formatInstant } from "../../lib/format-time.ts";
import { useOnline } from "../../lib/use-online.ts";
import { useText } from "../../lib/use-text.ts";
import { usePerson } from "../../session/person.tsx";
import { deviceKey } from "./device-key.ts";
import type { DraftState } from "./use-draft.ts";

interface SignPanelProps {
  readonly check: OnSiteCheckView;
  readonly clueId: string;
  readonly draft: DraftState;
  readonly unsent: number;
  readonly timezone: string;
}

/** Both officers, each with the own name. What keeps this one from signing is said before the button is pressed. */
export function SignPanel({ check, clueId, draft, unsent, timezone }: SignPanelProps) {
  const { t, pick } = useText();
  const person = usePerson();
  const online = useOnline();
  const sign = useSignCheck(clueId, check.id);
  const mine = check.officers.find(({ id }) => id === person.id);
  const gaps = [
    ...(draft.isDirty ? [t("onSite.gap.unsaved")] : []),
    ...(unsent > 0 ? [t("onSite.gap.unsent", { total: unsent })] : []),
    ...(online ? [] : [t("onSite.gap.offline")]),
    ...(draft.isDirty ? [] : check.gaps.map(pick)),
  ];
  return (
    <Panel title={t("onSite.signatures")}>
      <ul className="os-officers">
        {check.officers.map(({ id, name, badgeNo, signedAt }) => (
          <li key={id}>
            {signedAt === null ? <EditOutlined aria-hidden /> : <CheckCircleFilled aria-hidden className="os-good" />}
            <span>
              <b>{name}</b> {badgeNo}
            </span>
            <span className={signedAt === null ? "os-soft" : "os-good"}>
              {signedAt === null
                ? t("onSite.notSigned")
                : t("onSite.signedAt", { time: formatInstant(signedAt, timezone) })}
            </span>
          </li>
        ))}
      </ul>
      {check.mayWrite && mine?.signedAt === null ? (
        <>
          {gaps.length > 0 ? (
            <ul className="os-gaps">
              {gaps.map((gap) => (
                <li key={gap}>{gap}</li>
              ))}
            </ul>
          ) : null}
          {sign.error ? <ErrorPanel error={sign.error} /> : null}
          <Button
            size="large"
            type="primary"
            block
            disabled={gaps.length > 0 || !check.maySign}
            loading={sign.isPending}
            onClick={() => sign.mutate({ contentSha256: check.contentSha256, deviceKey: deviceKey() })}
          >
            {t("onSite.sign", { name: person.name })}
          </Button>
          <p className="os-soft">{t("onSite.signHint")}</p>
        </>
      ) : null}
      <p className="os-soft">
        {t("onSite.content")} <Copyable hash value={check.contentSha256} />
      </p>
    </Panel>
  );
}
