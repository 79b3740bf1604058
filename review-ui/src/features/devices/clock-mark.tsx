/** The mark of a method: told apart by shape as well as by colour. */
export function ClockMark({ method, x, y }: { method: string; x: number; y: number }) {
  if (method === "rtcp") return <circle cx={x} cy={y} r="3" />;
  if (method === "onvif") return <rect x={x - 2.8} y={y - 2.8} width="5.6" height="5.6" />;
  if (method === "http") return <path d={`M${x} ${y - 3.6}l3.4 6h-6.8z`} />;
  return <path d={`M${x} ${y - 4}l4 4l-4 4l-4 -4z`} />;
}
