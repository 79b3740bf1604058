import { Modal } from "antd";
import { useState } from "react";
import { pictureUrl } from "../api/media.ts";
import { useText } from "../lib/use-text.ts";
import "./boxed-picture.css";

interface BoxedPictureProps {
  /** Evidence id; null where there is no picture. */
  readonly pictureId: string | null;
  /** Width over height of the picture. */
  readonly aspect: number;
  /** Box to draw over it, 0..1 of the picture; null for a crop, on which no box has its place. */
  readonly boxNorm: readonly [number, number, number, number] | null;
  readonly title: string;
}

/** A small picture with its box drawn over it by the browser; the bytes stay as they are. A press shows it large. */
export function BoxedPicture({ pictureId, aspect, boxNorm, title }: BoxedPictureProps) {
  const { t } = useText();
  const [large, setLarge] = useState(false);
  const [failed, setFailed] = useState(false);
  if (pictureId === null || failed)
    return <span className="boxed boxed-none">{failed ? t("item.pictureFailed") : t("queue.noPicture")}</span>;
  const picture = (
    <>
      <img
        src={pictureUrl(pictureId)}
        alt={title}
        loading="lazy"
        decoding="async"
        draggable={false}
        onError={() => setFailed(true)}
      />
      {boxNorm === null ? null : <Box boxNorm={boxNorm} />}
    </>
  );
  const style = { aspectRatio: aspect };
  return (
    <>
      <button type="button" className="boxed" style={style} title={title} onClick={() => setLarge(true)}>
        {picture}
      </button>
      <Modal open={large} title={title} footer={null} width={1100} onCancel={() => setLarge(false)} destroyOnHidden>
        <div className="boxed" style={style}>
          {picture}
        </div>
      </Modal>
    </>
  );
}

function Box({ boxNorm: [x, y, width, height] }: { boxNorm: readonly [number, number, number, number] }) {
  return (
    <svg viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
      <rect className="boxed-halo" x={x} y={y} width={width} height={height} />
      <rect className="boxed-line" x={x} y={y} width={width} height={height} />
    </svg>
  );
}
