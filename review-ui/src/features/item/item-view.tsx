import { ArrowLeftOutlined, QuestionCircleOutlined, StepForwardOutlined } from "@ant-design/icons";
import type { ClueEvent } from "@mingcha/models/clue";
import type { ClueDetail } from "@mingcha/models/http";
import { useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Tooltip } from "antd";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { reloadClue } from "../../api/clues.ts";
import { ClueStateBadge, EvidenceModeBadge } from "../../components/badges.tsx";
import { PriorityBadge, PriorityReason } from "../../components/priority-badge.tsx";
import { formatClock, formatSpan } from "../../lib/format-time.ts";
import { usePageKeys } from "../../lib/keyboard.ts";
import { useText } from "../../lib/use-text.ts";
import { CorrectedMark } from "./facts/correction-list.tsx";
import { FactsPanels } from "./facts/facts-panels.tsx";
import { type ItemCommand, itemCommand } from "./item-keys.ts";
import { KeyHelp } from "./key-help.tsx";
import { ReviewFoot, ReviewPanel } from "./review/review-panel.tsx";
import { partAsides, staysOpen } from "./review/review-stage.ts";
import { type ReviewState, useReview } from "./review/use-review.ts";
import { SetPriority } from "./set-priority.tsx";
import { useLease } from "./use-lease.ts";
import { useNextItem } from "./use-next-item.ts";
import { nearestLook } from "./viewer/looks.ts";
import { useViewer, type ViewerState } from "./viewer/use-viewer.ts";
import { Viewer } from "./viewer/viewer.tsx";
import "./item.css";

/** The picture on the left, what is to be decided on the right. */
export function ItemView({ clue }: { clue: ClueDetail }) {
  const { t } = useText();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [help, setHelp] = useState(false);
  const viewer = useViewer(clue);
  const next = useNextItem(clue);
  const reload = () => void reloadClue(client, clue.id);
  const review = useReview(clue, (event: ClueEvent, caseId: string | null) => {
    if (event === "file" && caseId !== null) void navigate(`/cases/${caseId}`);
    else if (staysOpen(event)) reload();
    else next.open();
  });
  const taken = useLease(clue.id, clue.version, partAsides(review.offers).steps.length > 0);
  usePageKeys(
    (press) => {
      const command = itemCommand(press);
      if (command === undefined) return false;
      if (command.do === "help") setHelp(true);
      else if (command.do === "next") next.open();
      else if (command.do === "correct") return taken !== null || review.correct();
      else if ((command.do === "step" || command.do === "asides") && taken !== null) return true;
      else return obey(command, viewer, review, next.back);
      return true;
    },
    !help && review.asking === null,
  );

  return (
    <div className="item">
      <ItemHead
        clue={clue}
        queueHref={next.queueHref}
        left={next.left}
        onNext={next.open}
        onHelp={() => setHelp(true)}
      />
      <div className="item-viewer">
        <Viewer clue={clue} viewer={viewer} />
      </div>
      <aside className="item-side">
        <div className="item-scroll">
          {taken === null ? null : (
            <Alert
              className="item-taken"
              type="warning"
              showIcon
              title={t("item.takenBy", { name: taken.name, time: formatClock(taken.until, clue.timezone) })}
            />
          )}
          <ReviewPanel
            clue={clue}
            review={review}
            onReload={() => {
              review.forgetError();
              reload();
            }}
          />
          <FactsPanels clue={clue} look={lookShown(clue, viewer)} />
        </div>
        {taken === null ? <ReviewFoot clue={clue} review={review} cursorMs={viewer.cursorMs} /> : null}
      </aside>
      <KeyHelp open={help} onClose={() => setHelp(false)} />
    </div>
  );
}

function obey(command: ItemCommand, viewer: ViewerState, review: ReviewState, back: () => void): boolean {
  switch (command.do) {
    case "answer": {
      const question = review.questions[command.index];
      if (question) review.answer(question.id, command.answer);
      return question !== undefined;
    }
    case "step":
      return review.chooseKey(command.key);
    case "asides":
      return review.showAsides(!review.asidesOpen);
    case "walk":
      viewer.walk(command.step);
      return true;
    case "frame":
      viewer.controls.current?.step(command.step);
      return viewer.clip !== undefined;
    case "overlay":
      viewer.toggleOverlay();
      return true;
    case "compare":
      if (viewer.compared.length > 1) viewer.toggleCompare();
      return true;
    case "grid":
      viewer.toggleGrid();
      return true;
    case "zoom":
      viewer.toggleZoom();
      return true;
    case "play":
      viewer.toggleClip();
      return true;
    case "escape":
      if (viewer.comparing) viewer.toggleCompare();
      else back();
      return true;
    default:
      return false;
  }
}

function lookShown(clue: ClueDetail, viewer: ViewerState) {
  if (viewer.picture) return nearestLook(clue.looks, viewer.picture.clipId, viewer.picture.offsetMs);
  if (viewer.clip && viewer.cursorMs !== undefined) {
    return nearestLook(clue.looks, viewer.clip.id, viewer.cursorMs - Date.parse(viewer.clip.startedAt));
  }
  return undefined;
}

interface ItemHeadProps {
  readonly clue: ClueDetail;
  readonly queueHref: string;
  readonly left: number;
  readonly onNext: () => void;
  readonly onHelp: () => void;
}

function ItemHead({ clue, queueHref, left, onNext, onHelp }: ItemHeadProps) {
  const { t, pick } = useText();
  return (
    <header className="item-head">
      <Link className="item-back" to={queueHref} aria-label={t("item.backToQueue")} title={t("item.backToQueue")}>
        <ArrowLeftOutlined />
      </Link>
      <h1>{pick(clue.violationTitle)}</h1>
      <ClueStateBadge state={clue.state} />
      <span className="item-priority">
        <PriorityBadge priority={clue.priority} />
        <PriorityReason priority={clue.priority} />
        <SetPriority clue={clue} />
      </span>
      <EvidenceModeBadge mode={clue.evidenceMode} />
      <CorrectedMark clue={clue} field="violation" />
      <span className="item-where">
        {clue.place} <CorrectedMark clue={clue} field="place" />
      </span>
      <span className="item-when">
        {formatSpan(clue.from, clue.to, clue.timezone)}{" "}
        <CorrectedMark clue={clue} field={clue.corrected.includes("to") ? "to" : "from"} />
      </span>
      <span className="item-head-tools">
        {clue.caseId ? <Link to={`/cases/${clue.caseId}`}>{t("item.openCase")}</Link> : null}
        <Button size="small" icon={<StepForwardOutlined />} disabled={left === 0} onClick={onNext}>
          {t("item.next")} <kbd>N</kbd>
        </Button>
        <Tooltip title={`${t("keys.title")} (?)`}>
          <Button
            size="small"
            type="text"
            icon={<QuestionCircleOutlined />}
            aria-label={t("keys.title")}
            onClick={onHelp}
          />
        </Tooltip>
      </span>
    </header>
  );
}
