import { CheckOutlined, CloseOutlined, EditOutlined, MinusOutlined } from "@ant-design/icons";
import type { CheckAnswer, CheckQuestion } from "@mingcha/models/clue";
import { Input } from "antd";
import { useState } from "react";
import { slotKeys } from "../../../lib/keyboard.ts";
import { useText } from "../../../lib/use-text.ts";
import type { Answer } from "./review-stage.ts";
import type { ReviewState } from "./use-review.ts";

const choices = [
  { answer: "pass", icon: <CheckOutlined /> },
  { answer: "fail", icon: <CloseOutlined /> },
  { answer: "not_applicable", icon: <MinusOutlined /> },
] as const satisfies readonly { answer: CheckAnswer["answer"]; icon: React.ReactNode }[];

type Note = Pick<CheckQuestion, "zh" | "en">;
interface ChecklistProps {
  readonly review: ReviewState;
  /** What is known to a question and has to be read before it is answered. */
  readonly notesOf: (questionId: string) => readonly Note[];
}

/** The check list of the stage. Every question is answered by hand; there is no "all passed". */
export function Checklist({ review, notesOf }: ChecklistProps) {
  return (
    <ol className="checks">
      {review.questions.map((question, index) => (
        <CheckRow
          key={question.id}
          question={question}
          notes={notesOf(question.id)}
          slotKey={slotKeys[index] ?? ""}
          given={review.answers[question.id]}
          missing={review.showGaps && review.gaps.some((gap) => gap.id === question.id)}
          onAnswer={(answer) => review.answer(question.id, answer)}
          onNote={(note) => review.annotate(question.id, note)}
        />
      ))}
    </ol>
  );
}

interface CheckRowProps {
  readonly question: CheckQuestion;
  readonly notes: readonly Note[];
  readonly slotKey: string;
  readonly given: Answer | undefined;
  readonly missing: boolean;
  readonly onAnswer: (answer: CheckAnswer["answer"]) => void;
  readonly onNote: (note: string) => void;
}

function CheckRow({ question, notes, slotKey, given, missing, onAnswer, onNote }: CheckRowProps) {
  const { t, pick } = useText();
  const [noting, setNoting] = useState(false);
  return (
    <li className={`check ${missing ? "check-missing" : ""}`}>
      <kbd className="check-key">{slotKey}</kbd>
      <span className="check-text" id={`check-${question.id}`}>
        {pick(question)} <small>{question.basis}</small>
        {notes.map((note) => (
          <span key={note.en} className="check-known">
            {pick(note)}
          </span>
        ))}
      </span>
      <span className="check-choices" role="radiogroup" aria-labelledby={`check-${question.id}`}>
        {choices.map(({ answer, icon }) => (
          // biome-ignore lint/a11y/useSemanticElements: a native radio cannot carry the icon and the toggle look
          <button
            key={answer}
            type="button"
            role="radio"
            aria-checked={given?.answer === answer}
            aria-label={t(`answer.${answer}`)}
            title={t(`answer.${answer}`)}
            className={`choice choice-${answer} ${given?.answer === answer ? "choice-on" : ""}`}
            onClick={() => onAnswer(answer)}
          >
            {icon}
          </button>
        ))}
        <button
          type="button"
          className={`choice choice-note ${given?.note ? "choice-noted" : ""}`}
          aria-label={t("item.note")}
          title={t("item.note")}
          onClick={() => setNoting(!noting)}
        >
          <EditOutlined />
        </button>
      </span>
      {noting || given?.note ? (
        <Input
          className="check-note"
          size="small"
          maxLength={500}
          autoFocus={noting}
          placeholder={t("item.note")}
          aria-label={t("item.note")}
          value={given?.note ?? ""}
          onChange={(event) => onNote(event.target.value)}
        />
      ) : null}
    </li>
  );
}
