import { prefixOf } from "./keys.ts";

/** Longest life of what a dock gets (ingest note §3). */
export const credentialS = 3_600;

/** What has less left is not given once more (house rule). */
export const credentialLeastS = 2_700;

/** Why a dock got no credentials the last time it asked. */
export const credentialReasons = {
  no_server: {
    zh: "未配置对象存储（S3_ENDPOINT 或 MINGCHA_DOCK_S3_ENDPOINT），机场无处上传",
    en: "no S3 server is configured (S3_ENDPOINT or MINGCHA_DOCK_S3_ENDPOINT): the dock has nowhere to upload to",
  },
  no_sts: {
    zh: "对象存储不能签发临时凭证（STS AssumeRole）；绝不交出主密钥，请换用支持 STS 的存储",
    en: "the S3 server issues no temporary credentials (STS AssumeRole); its own key is never handed out: use a server that has STS",
  },
  not_narrow: {
    zh: "对象存储签发的临时凭证不受所附策略限制，不予发放",
    en: "temporary credentials of the S3 server are not held to the policy that was asked for; none is handed out",
  },
  no_bucket: {
    zh: "上传桶不存在且无法建立",
    en: "the upload bucket does not exist and could not be made",
  },
  unreachable: { zh: "对象存储无法连接", en: "the S3 server cannot be reached" },
  not_bound: {
    zh: "机场尚未对应无人机来源，不发凭证",
    en: "the dock has no drone source yet: it gets no credentials",
  },
} as const satisfies Record<string, { zh: string; en: string }>;
export type CredentialReason = keyof typeof credentialReasons;
export const credentialReasonCodes = Object.keys(credentialReasons) as [CredentialReason, ...CredentialReason[]];

/**
 * What temporary credentials may do: put objects, also in parts, below one prefix of one bucket. Nothing is read, listed or removed with them.
 * The session's rights are the intersection of this and of the key that asks.
 */
export const uploadPolicy = (bucket: string, sn: string) => ({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Action: ["s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"],
      Resource: [`arn:aws:s3:::${bucket}/${prefixOf(sn)}*`],
    },
  ],
});
