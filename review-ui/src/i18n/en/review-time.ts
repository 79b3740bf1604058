export const reviewTime = {
  step: { technical: "Technical", legal: "Legal", merged: "Merged" },
  what: "Review and violation",
  all: "All",
  p90: "90 % place",
  nothing: "No review of this period has a measured time.",
  withheld: "“—”: fewer than {{total}} reviews, or one person's alone; not told.",
  noKnown: "No verdict on a known item in this period.",
};

export const ownKnown = {
  title: "My known items",
  hint: "Nobody but you sees this. It is for training and appraises nobody.",
  until: "The bureau does not tell which records were known; counted up to {{time}}.",
  none: "You have met no known item yet.",
  totals: "{{stage}}: {{total}} in all",
  kind: {
    right: "Right",
    passed_wrongly: "Passed wrongly",
    failed_wrongly: "Rejected wrongly",
    undecided: "No verdict (unsure or sent back)",
  },
  withdrawn: "withdrawn, not counted",
};
