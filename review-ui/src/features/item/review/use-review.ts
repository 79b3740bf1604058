import {
  askOf,
  type CheckAnswer,
  type ClueEvent,
  type CorrectionBody,
  findCorrectionField,
  reasonsOf,
} from "@mingcha/models/clue";
import type { ClueDetail, DissuasionBody } from "@mingcha/models/http";
import { App } from "antd";
import { useRef, useState } from "react";
import { useClueEvent } from "../../../api/clues.ts";
import { isStale, isStepUpNeeded } from "../../../lib/api-error.ts";
import { useText } from "../../../lib/use-text.ts";
import { offerOfKey } from "./event-keys.ts";
import {
  type Answers,
  eventBodyOf,
  gapsOf,
  notOwn,
  type OfferedEvent,
  offersMerged,
  partAsides,
  questionsOf,
  reviewKindOf,
  shownEvents,
  standingRefusals,
  verdictRole,
} from "./review-stage.ts";
import { tellKnown } from "./tell-known.tsx";
import { useTimeOnItem } from "./use-time-on-item.ts";

/** A question the panel asks before an event is sent. */
export type Asking =
  | {
      readonly for: "reason" | "transfer" | "note" | "handlers" | "dissuasion";
      readonly offer: OfferedEvent;
    }
  | { readonly for: "correction"; readonly offer?: undefined; readonly start?: CorrectionBody | undefined }
  | null;

interface SendExtras {
  readonly reasonCode?: string;
  readonly transferTo?: string;
  readonly note?: string;
  readonly handlerIds?: readonly string[];
  readonly dissuasion?: DissuasionBody;
}

/** The state of one sitting: answers so far, what is being asked, and the sending of the verdict. */
export function useReview(clue: ClueDetail, onDone: (event: ClueEvent, caseId: string | null) => void) {
  const { t, pick } = useText();
  const { message, modal } = App.useApp();
  const send = useClueEvent(clue.id);
  const timeOnItem = useTimeOnItem();
  const [answers, setAnswers] = useState<Answers>({});
  const [merged, setMerged] = useState(true);
  const [asking, setAsking] = useState<Asking>(null);
  const [asidesOpen, setAsidesOpen] = useState(false);
  const sentVersion = useRef<number | null>(null);
  const [showGaps, setShowGaps] = useState(false);
  const [corrections, setCorrections] = useState<readonly CorrectionBody[]>([]);

  const kind = reviewKindOf(clue.state, clue.events, merged);
  const offers = shownEvents(clue.events, kind);
  const gaps = gapsOf(kind, answers);

  const submit = (offer: OfferedEvent, extras: SendExtras = {}) => {
    // Two presses in one instant are one verdict: the state of a request shows only after the next drawing.
    if (sentVersion.current === clue.version) return;
    sentVersion.current = clue.version;
    const body = eventBodyOf({
      event: offer.event,
      version: clue.version,
      answers,
      corrections,
      timeOnItemMs: timeOnItem(),
      ...extras,
    });
    send.mutate(body, {
      onSuccess: (result) => {
        setAsking(null);
        const goOn = () => onDone(offer.event, result.caseId);
        if (result.known !== undefined) return tellKnown(modal, t, result.known, goOn);
        // the next item first, the word of the last after it
        goOn();
        void message.success(t("item.done", { what: pick(offer.title) }));
      },
      onError: (error) => {
        sentVersion.current = null;
        // the password was not given: what has been written stays where it is
        if (!isStepUpNeeded(error)) setAsking(null);
      },
    });
  };

  /** A verdict was chosen by button or key: sends it, or asks for what is still missing. */
  const choose = (offer: OfferedEvent) => {
    const asks = askOf(offer.event);
    const [foreign] = verdictRole(offer.event) === "accept" ? notOwn(corrections, kind) : [];
    if (standingRefusals(offer).length > 0 || clue.barred !== null) return;
    if (foreign !== undefined) {
      const field = findCorrectionField(foreign.field);
      void message.warning(t("corrections.notYours", { field: field ? pick(field) : foreign.field }));
    } else if (asks === "checklist" && gaps.length > 0) {
      setShowGaps(true);
      void message.warning(t("item.gaps", { total: gaps.length }));
    } else if (asks === "transfer") setAsking({ for: "transfer", offer });
    else if (asks === "closing" || reasonsOf(asks) !== undefined) setAsking({ for: "reason", offer });
    else if (asks === "note") setAsking({ for: "note", offer });
    else if (asks === "officers") setAsking({ for: "handlers", offer });
    else if (asks === "dissuasion") setAsking({ for: "dissuasion", offer });
    else submit(offer);
  };

  return {
    kind,
    offers,
    questions: questionsOf(kind),
    answers,
    gaps,
    showGaps,
    asking,
    sending: send.isPending,
    error: send.error,
    stale: isStale(send.error),
    mergedOffered: clue.state === "TECH_REVIEW" && offersMerged(clue.events),
    merged,
    setMerged,
    answer: (id: string, answer: CheckAnswer["answer"]) =>
      setAnswers((before) => ({ ...before, [id]: { ...before[id], answer } })),
    annotate: (id: string, note: string) => setAnswers((before) => ({ ...before, [id]: { ...before[id], note } })),
    choose,
    chooseKey: (key: string): boolean => {
      const offer = offerOfKey(key, offers);
      if (offer) choose(offer);
      return offer !== undefined;
    },
    corrections,
    /** Opens the form, where a review can correct anything; `start` is what a colleague asked for. */
    correct: (start?: CorrectionBody): boolean => {
      if (kind === null || clue.barred !== null) return false;
      setAsking({ for: "correction", start });
      return true;
    },
    /** One field has one pending correction: the newer takes the place of the older. */
    addCorrection: (correction: CorrectionBody) => {
      setCorrections((before) => [...before.filter(({ field }) => field !== correction.field), correction]);
      setAsking(null);
    },
    dropCorrection: (dropped: string) => setCorrections((before) => before.filter(({ field }) => field !== dropped)),
    asidesOpen,
    /** Opens or closes the list of endings from anywhere; false where there is none. */
    showAsides: (open: boolean): boolean => {
      const isThere = partAsides(offers).asides.length > 0 && clue.barred === null;
      setAsidesOpen(open && isThere);
      return isThere;
    },
    submit,
    cancel: () => setAsking(null),
    forgetError: () => send.reset(),
  };
}

export type ReviewState = ReturnType<typeof useReview>;
