/** The mark of a method: told apart by shape as well as by colour. `size`: 1, or less where many stand close together. */
export function ClockMark({ method, x, y, size = 1 }: { method: string; x: number; y: number; size?: number }) {
  if (method === "rtcp") return <circle cx={x} cy={y} r={3 * size} />;
  if (method === "onvif") return <rect x={x - 2.8 * size} y={y - 2.8 * size} width={5.6 * size} height={5.6 * size} />;
  if (method === "http") return <path d={`M${x} ${y - 3.6 * size}l${3.4 * size} ${6 * size}h${-6.8 * size}z`} />;
  return <path d={`M${x} ${y - 4}l4 4l-4 4l-4 -4z`} />;
}
