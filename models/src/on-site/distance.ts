const earthRadiusM = 6_371_008.8;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

interface Point {
  readonly longitude: number;
  readonly latitude: number;
}

/** Metres between two positions on a sphere (haversine); good to half a per cent, far better than a phone's own error. */
export function distanceM(a: Point, b: Point): number {
  const [lat1, lat2] = [radians(a.latitude), radians(b.latitude)];
  const h =
    Math.sin((lat2 - lat1) / 2) ** 2 +
    Math.cos(lat1) * Math.cos(lat2) * Math.sin(radians(b.longitude - a.longitude) / 2) ** 2;
  return 2 * earthRadiusM * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Direction from a to b: degrees clockwise from north, 0..360. */
export function bearingDeg(a: Point, b: Point): number {
  const [lat1, lat2, dLon] = [radians(a.latitude), radians(b.latitude), radians(b.longitude - a.longitude)];
  const y = Math.sin(dLon) * Math.cos(lat2);
  const x = Math.cos(lat1) * Math.sin(lat2) - Math.sin(lat1) * Math.cos(lat2) * Math.cos(dLon);
  return ((Math.atan2(y, x) * 180) / Math.PI + 360) % 360;
}
