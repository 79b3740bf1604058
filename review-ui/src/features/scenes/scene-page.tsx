import { Select } from "antd";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { useSource } from "../../api/scenes.ts";
import { ErrorPanel, Nothing, Page, Waiting } from "../../components/page.tsx";
import { formatInstant } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";
import { SceneEditor } from "./scene-editor.tsx";
import "./scenes.css";

/** Zones, ground and rules of one source, drawn on a frame of its newest footage. */
export function ScenePage() {
  const { t } = useText();
  const { id = "" } = useParams();
  const source = useSource(id);
  const [clipId, setClipId] = useState<string>();
  if (source.isPending) return <Waiting />;
  if (source.data === undefined)
    return (
      <Page title={t("scenes.title")}>
        <ErrorPanel error={source.error} onRetry={() => void source.refetch()} />
      </Page>
    );
  const { data } = source;
  const clip = data.recentClips.find((one) => one.id === clipId) ?? data.recentClips[0];
  const heading = (
    <span className="scene-heading">
      <Link to="/sources">{t("nav.sources")}</Link>
      <span aria-hidden="true">/</span>
      {data.name || data.id}
    </span>
  );
  if (clip === undefined)
    return (
      <Page title={heading}>
        <Nothing>{t("scenes.noClip")}</Nothing>
      </Page>
    );
  const clips = (
    <Select
      size="small"
      aria-label={t("scenes.clip")}
      value={clip.id}
      onChange={setClipId}
      options={data.recentClips.map((one) => ({ value: one.id, label: formatInstant(one.startedAt, data.timezone) }))}
    />
  );
  return (
    <SceneEditor
      // not by version: a colleague's save must not take the draft away
      key={data.id}
      source={data}
      clip={clip}
      heading={heading}
      clips={clips}
    />
  );
}
