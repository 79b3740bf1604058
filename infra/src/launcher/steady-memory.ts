/**
 * Environment that keeps the memory of a process that runs for months flat. glibc raises the size from which it asks the kernel directly
 * to that of the largest block ever freed, up to 32 MiB (mallopt(3), M_MMAP_THRESHOLD): from then on frames and clips lie among small
 * things in heaps that never shrink, one heap for every few threads. Fixed at their first values, 128 KiB, both limits stay, and two heaps
 * serve all threads. Other C libraries do not read these; what is set outside wins.
 */
export const steadyHeaps = {
  MALLOC_ARENA_MAX: "2",
  MALLOC_MMAP_THRESHOLD_: "131072",
  MALLOC_TRIM_THRESHOLD_: "131072",
} as const;

/**
 * Options of Node for the same: V8 lets the heap grow to twice or more of what is alive before it cleans up, so a detector that keeps
 * 60 MB alive was seen to hold 200. Half more is enough, and costs no more than the cleaning up.
 */
export const steadyExecArgv = ["--heap-growing-percent=50"] as const;
