export const sources = {
  title: "Sources",
  search: "Name, place or id",
  all: "All",
  none: "No sources yet. They appear here once footage and its scene.json have been uploaded.",
  noMatch: "No source fits.",
  lastLook: "Newest look {{time}}",
  noLook: "No look yet",
  noScene: "No scene drawn",
  sceneVersion: "Scene version {{version}}",
  draw: "Zones and rules",
  flags: "Flags",
  noPicture: "Your duties may not see pictures",
};
