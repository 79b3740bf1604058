export { cutStill, type StillFormat } from "./cut-still.ts";
export { type DecodePlan, type DecodeResult, decodeLooks } from "./decode-looks.ts";
export { createKeyframeDecoder, type KeyframeDecoder } from "./keyframe-decoder.ts";
export { makeTestClip, type TestClip } from "./make-test-clip.ts";
export type { DecodePart } from "./part-filter.ts";
export { type MediaInfo, type ProbeOptions, probe } from "./probe.ts";
export { type Refusal, type RefusalCode, refusalTexts, refuse } from "./refusal.ts";
export { type Demuxer, demuxerOfHead, type Sniffed, sniffContainer } from "./sniff-container.ts";
export { findMediaTools, type MediaTools, releaseOf, type Tool, type ToolPaths } from "./tools.ts";
