export { type Issued, issueCredentials, type UploadCredentials } from "./issue-credentials.ts";
export { type BrokerSession, openBrokerSession, type SessionHandlers, type SessionOptions } from "./open-session.ts";
export {
  type BucketSettings,
  type Fetched,
  openUploadBucket,
  readBucketSettings,
  type SeenObject,
  type UploadBucket,
} from "./upload-bucket.ts";
