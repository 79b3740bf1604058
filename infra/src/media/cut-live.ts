import { join } from "node:path";
import { startFfmpeg } from "./ffmpeg-process.ts";

export interface LiveCut {
  /** RTSP address on this machine; carries no credentials. */
  readonly url: string;
  /** An empty folder: `00000.mp4`, `00001.mp4` … appear in it. */
  readonly folder: string;
  /** About so long is a clip; it ends before the first keyframe after that. */
  readonly clipS: number;
}

export interface CutPart {
  readonly file: string;
  /** Seconds from the first packet of the connection to the first and past the last frame. */
  readonly fromS: number;
  readonly toS: number;
}

export interface RunningCut {
  readonly stop: () => void;
  readonly ended: Promise<{ readonly errors: readonly string[] }>;
}

/**
 * Cuts a live stream into clips by copying its packets: nothing is decoded, the pictures are the device's own. Each part is told once it is
 * whole, in order. Ends by itself when the stream does, with the last part closed.
 * Options: ffmpeg-formats "segment"; `-copyts` keeps the connection's time, so a part's place in it is exact.
 */
export async function cutLive(
  ffmpegPath: string,
  { url, folder, clipS }: LiveCut,
  onPart: (part: CutPart) => void,
): Promise<RunningCut> {
  const running = await startFfmpeg(
    ffmpegPath,
    {
      inputOptions: [
        "-protocol_whitelist",
        "rtsp,rtp,tcp",
        "-codec_whitelist",
        "h264,hevc",
        "-rtsp_transport",
        "tcp",
        "-allowed_media_types",
        "video",
        "-fflags",
        "+genpts",
      ],
      input: { rtsp: url },
      outputOptions: [
        "-map",
        "0:v:0",
        "-c",
        "copy",
        "-copyts",
        "-f",
        "segment",
        "-segment_time",
        String(clipS),
        "-segment_format",
        "mp4",
        "-reset_timestamps",
        "1",
        "-segment_list",
        "pipe:1",
        "-segment_list_type",
        "csv",
      ],
      target: join(folder, "%05d.mp4"),
    },
    // who feeds it watches over it: the relay ends the connection when nothing comes
    { wallMs: Number.POSITIVE_INFINITY, silenceMs: Number.POSITIVE_INFINITY },
  );
  let rest = "";
  running.stdout.setEncoding("utf8");
  running.stdout.on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const [name = "", from = "", to = ""] = line.split(",");
      if (/^\d+\.mp4$/.test(name)) onPart({ file: join(folder, name), fromS: Number(from), toS: Number(to) });
    }
  });
  return { stop: running.stop, ended: running.ended };
}
