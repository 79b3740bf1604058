import { useCallback, useEffect, useRef, useState } from "react";

/** Frame length until the player has measured the clip's own. */
const defaultFrameS = 1 / 25;
export const playbackRates = [0.25, 0.5, 1, 2, 4] as const;

export interface Player {
  readonly attach: (video: HTMLVideoElement | null) => void;
  readonly timeMs: number;
  readonly playing: boolean;
  readonly rate: number;
  readonly toggle: () => void;
  readonly seek: (timeMs: number) => void;
  readonly step: (frames: number) => void;
  readonly setRate: (rate: number) => void;
}

/** Drives one video element. The time follows the frame on the screen where the browser tells it, not the clock. */
export function usePlayer(startMs: number): Player {
  const video = useRef<HTMLVideoElement | null>(null);
  const frameS = useRef(defaultFrameS);
  const [timeMs, setTimeMs] = useState(startMs);
  const [playing, setPlaying] = useState(false);
  const [rate, setRateState] = useState(1);

  useEffect(() => {
    const element = video.current;
    if (element === null) return;
    let last: number | null = null;
    let handle = 0;
    const onFrame = (_now: number, frame: VideoFrameCallbackMetadata) => {
      const delta = last === null ? 0 : frame.mediaTime - last;
      if (delta > 0.005 && delta < frameS.current * 0.99) frameS.current = delta;
      last = frame.mediaTime;
      setTimeMs(frame.mediaTime * 1000);
      handle = element.requestVideoFrameCallback(onFrame);
    };
    const onTime = () => setTimeMs(element.currentTime * 1000);
    const onPlay = () => setPlaying(true);
    const onPause = () => setPlaying(false);
    const onLoaded = () => {
      element.currentTime = startMs / 1000;
    };
    const frames = "requestVideoFrameCallback" in element;
    if (frames) handle = element.requestVideoFrameCallback(onFrame);
    element.addEventListener("timeupdate", onTime);
    element.addEventListener("play", onPlay);
    element.addEventListener("pause", onPause);
    element.addEventListener("loadedmetadata", onLoaded);
    return () => {
      if (frames) element.cancelVideoFrameCallback(handle);
      element.removeEventListener("timeupdate", onTime);
      element.removeEventListener("play", onPlay);
      element.removeEventListener("pause", onPause);
      element.removeEventListener("loadedmetadata", onLoaded);
    };
  }, [startMs]);

  const attach = useCallback((element: HTMLVideoElement | null) => {
    video.current = element;
  }, []);
  const seek = (to: number) => {
    if (video.current) video.current.currentTime = Math.max(0, to / 1000);
    setTimeMs(Math.max(0, to));
  };
  return {
    attach,
    timeMs,
    playing,
    rate,
    seek,
    toggle: () => {
      const element = video.current;
      if (element === null) return;
      if (element.paused) element.play().catch(() => setPlaying(false));
      else element.pause();
    },
    step: (frames) => {
      video.current?.pause();
      seek(timeMs + frames * frameS.current * 1000);
    },
    setRate: (next) => {
      if (video.current) video.current.playbackRate = next;
      setRateState(next);
    },
  };
}
