import type { ShareView } from "@mingcha/models/http";
import { useText } from "../../lib/use-text.ts";

/** `62.5 %`; whole percents where the interval is told. */
export const percentText = (share: number | null, digits = 1): string =>
  share === null ? "—" : `${(share * 100).toFixed(digits)} %`;

export const intervalText = ({ low, high }: Pick<ShareView, "low" | "high">): string =>
  low === null || high === null ? "—" : `${percentText(low)} – ${percentText(high)}`;

/** Heads of the columns that {@link useShareCells} fills. */
export function useShareHead(): string[] {
  const { t } = useText();
  return [
    t("statistics.share"),
    t("statistics.interval"),
    t("statistics.ofTotal"),
    t("statistics.undecided"),
    t("statistics.openRange"),
    t("statistics.leftOut"),
  ];
}

export const shareCells = (share: ShareView): string[] => [
  percentText(share.share),
  intervalText(share),
  `${share.count} / ${share.total}`,
  String(share.undecided),
  share.undecided === 0 || share.ifAllAgainst === null || share.ifAllFor === null
    ? "—"
    : `${percentText(share.ifAllAgainst, 0)} – ${percentText(share.ifAllFor, 0)}`,
  String(share.leftOut),
];
