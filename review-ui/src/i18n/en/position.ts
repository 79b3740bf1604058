export const position = {
  title: "Position of the source",
  hint: "For coordinates read off a Chinese map choose GCJ-02: the position is kept in WGS-84, this version keeps what was typed.",
  crs: "Datum",
  longitude: "Longitude",
  latitude: "Latitude",
  stored: "Kept as WGS-84: {{at}}",
};
