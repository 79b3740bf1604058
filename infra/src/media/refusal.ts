/** Why a piece of media, or one operation on it, was turned down. Closed list: callers store the code and show the text. */
export const refusalTexts = {
  file_missing: { zh: "文件不存在或无法读取", en: "the file does not exist or cannot be read" },
  empty: { zh: "文件为空", en: "the file is empty" },
  playlist: {
    zh: "文件内容是播放列表，不是影像；不会去读取它指向的其他文件",
    en: "the content is a playlist, not pictures; the files it points to are not followed",
  },
  container_not_accepted: {
    zh: "不接受此封装格式（接受 MP4/MOV、MKV、MPEG-TS、JPEG、PNG）",
    en: "this container is not accepted (MP4/MOV, MKV, MPEG-TS, JPEG and PNG are)",
  },
  codec_not_accepted: {
    zh: "不接受此视频编码（接受 H.264、H.265、MJPEG、PNG）",
    en: "this video codec is not accepted (H.264, H.265, MJPEG and PNG are)",
  },
  too_many_pixels: { zh: "画面超过 4000 万像素", en: "the picture has more than 40 million pixels" },
  points_elsewhere: {
    zh: "文件的画面数据在另一个文件或网址里；不会去读取",
    en: "its pictures lie in another file or at an address; these are not followed",
  },
  time_jumps: {
    zh: "文件内的时间倒退或跳跃，其后的画面无法确定时刻；请按录制的段落分开上传",
    en: "the time inside goes back or jumps, so the pictures behind it cannot be dated; send the recordings one by one",
  },
  truncated: { zh: "文件不完整：结尾缺失", en: "the file is cut off: its end is missing" },
  damaged: { zh: "文件损坏，无法读取", en: "the file is damaged and cannot be read" },
  no_video: { zh: "文件中没有视频画面", en: "the file holds no video" },
  no_frames: { zh: "没有一帧画面可以解码", en: "not a single frame could be decoded" },
  past_end: { zh: "所要的时刻在影像结束之后", en: "the wanted moment lies after the end of the clip" },
  timed_out: { zh: "处理超时，已终止", en: "processing took too long and was stopped" },
  stops_analysis: {
    zh: "分析此文件时识别进程多次中断，已单独搁置，待人工查看",
    en: "the recognition process ended again and again on this file; it is set aside for a person to look at",
  },
  tool_failed: { zh: "ffmpeg 无法启动或异常退出", en: "ffmpeg could not be started or broke down" },
} as const;

export type RefusalCode = keyof typeof refusalTexts;

/** `detail` is for the log and the expert, never translated. */
export type Refusal = { kind: "refused"; code: RefusalCode; text: { zh: string; en: string }; detail?: string };

export const refuse = (code: RefusalCode, detail?: string): Refusal => ({
  kind: "refused",
  code,
  text: refusalTexts[code],
  ...(detail === undefined || detail === "" ? {} : { detail }),
});
