import { hasZone } from "@mingcha/models/dock";
import type { DockClaims } from "@mingcha/models/http";
import { useDockClaims } from "../../api/docks.ts";
import { Badge, type BadgeTone } from "../../components/badges.tsx";
import { ErrorPanel, Waiting } from "../../components/page.tsx";
import { formatInstant, formatSpan } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";

type Claim = DockClaims["claims"][number];
const tones: Record<Claim["verdict"], BadgeTone> = { agrees: "good", differs: "warn", open: "plain" };

/** What the dock's message said of a file, line by line beside what the file itself says. The file counts; nothing is averaged. */
export function FileClaims({ sn, fileId, timezone }: { sn: string; fileId: string; timezone: string }) {
  const { t } = useText();
  const asked = useDockClaims(sn, fileId);
  const claimText = useClaimText(asked.data?.timezone ?? timezone);
  if (asked.isPending) return <Waiting />;
  if (asked.data === undefined) return <ErrorPanel error={asked.error} onRetry={() => void asked.refetch()} />;
  return (
    <>
      <table className="docks-claims">
        <thead>
          <tr>
            <th />
            <th>{t("docks.claims.said")}</th>
            <th>{t("docks.claims.own")}</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {asked.data.claims.map((claim) => {
            const { said, own } = claimText(claim);
            return (
              <tr key={claim.what}>
                <th scope="row">{t(`docks.claims.what.${claim.what}`)}</th>
                <td>{said}</td>
                <td>{own ?? t("docks.claims.none")}</td>
                <td>
                  <Badge tone={tones[claim.verdict]}>{t(`docks.claims.verdict.${claim.verdict}`)}</Badge>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p className="docks-soft">{t("docks.claims.hint")}</p>
    </>
  );
}

/** Both sides of a claim in words; `own` null: the file does not say. */
function useClaimText(timezone: string): (claim: Claim) => { said: string; own: string | null } {
  const { t } = useText();
  const metres = (value: number) => t("docks.claims.metres", { m: value.toFixed(1) });
  const span = ({ least, most }: { least: number; most: number }) =>
    least.toFixed(1) === most.toFixed(1) ? metres(least) : `${least.toFixed(1)} – ${metres(most)}`;
  const place = ({ longitude, latitude }: { longitude: number; latitude: number }) =>
    `${longitude.toFixed(5)}°E ${latitude.toFixed(5)}°N`;
  const bytes = (value: number) => t("docks.claims.bytes", { total: value.toLocaleString("en-US") });
  return (claim) => {
    const { what, said, own } = claim;
    if (what === "size") return { said: bytes(said), own: own === null ? null : bytes(own) };
    if (what === "place")
      return {
        said: place(said),
        own: own === null ? null : `${place(own)} · ${t("docks.claims.apart", { m: own.apartM.toFixed(0) })}`,
      };
    if (what === "relative") return { said: metres(said), own: own === null ? null : span(own) };
    if (what === "absolute")
      return { said: metres(said), own: own === null ? null : [span(own), own.datum].filter(Boolean).join(" · ") };
    if (what === "yaw")
      return {
        said: `${said.toFixed(1)}°`,
        own:
          own === null
            ? null
            : t("docks.claims.nearestYaw", { deg: own.deg.toFixed(1), apart: own.apartDeg.toFixed(1) }),
      };
    if (what === "time") {
      const [from, to] = own === null ? [0, 0] : [own.fromMs, own.toMs];
      return {
        said: hasZone(said) ? said : t("docks.claims.zoneless", { text: said }),
        own:
          own === null
            ? null
            : from === to
              ? formatInstant(from, timezone)
              : formatSpan(new Date(from).toISOString(), new Date(to).toISOString(), timezone),
      };
    }
    return { said, own: own === null ? null : `SHA-256 ${own}` };
  };
}
