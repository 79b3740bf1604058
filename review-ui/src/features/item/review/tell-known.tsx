import type { HookAPI } from "antd/es/modal/useModal";
import type { TFunction } from "i18next";

interface Known {
  readonly right: boolean;
  readonly answer: "pass" | "fail";
  readonly why: string;
}

/** After the verdict on a known item: that it was one, what the answer is and why. Then the work goes on. */
export function tellKnown(modal: HookAPI, t: TFunction, known: Known, goOn: () => void): void {
  const open = known.right ? modal.success : modal.warning;
  open({
    title: known.right ? t("corrections.known.right") : t("corrections.known.wrong"),
    content: (
      <>
        <p>{known.right ? t("corrections.known.toldRight") : t("corrections.known.toldWrong")}</p>
        <p>{t("corrections.known.answer", { answer: t(`answer.${known.answer}`) })}</p>
        <p>{t("corrections.known.why", { why: known.why })}</p>
      </>
    ),
    okText: t("corrections.known.go"),
    onOk: goOn,
    onCancel: goOn,
  });
}
