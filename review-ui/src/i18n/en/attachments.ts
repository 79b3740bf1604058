export const attachments = {
  add: "Attach a scan",
  toRecord: "Attach a scan to “{{reference}}”",
  choose: "Choose a file",
  hint: "JPEG, PNG or PDF, at most {{limit}}",
  of: "Scan of “{{reference}}”",
  type: { pdf: "PDF file", picture: "Original picture" },
  added: "Stored",
  known: "This file was attached before",
  withdraw: "Withdraw the file",
  withdrawHint: "It stays listed with its hash and the reason, and is given out no more.",
};
