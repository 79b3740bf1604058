import { callbackOf, ownerOf } from "@mingcha/infra/testing";
import { prefixOf, uploadCallbackSchema } from "@mingcha/models/dock";
import type { DockDeps } from "../dock/dock-deps.ts";
import { sweepBucket } from "../dock/files/sweep-bucket.ts";
import { noteUpload } from "../dock/methods/note-upload.ts";
import { bucketName, type DockWorld, demoVideo, docks, padded } from "./dock-world.ts";

const { sn } = docks.one;
/** Key of an object of the first dock, or of another. */
export const key = (flight: string, name: string, of: string = sn) => `${prefixOf(of)}${flight}/${name}`;

/** Puts objects into the bucket of a world as the first dock would, without a broker, and looks at what became of them. */
export function createDockFiles(world: () => DockWorld) {
  let marks = 0;
  const film = () => padded(demoVideo(), 64, `film ${++marks}`);
  const put = async (objectKey: string, bytes: Buffer = film()) => {
    await ownerOf(world().s3).putObject(bucketName, objectKey, bytes);
    return bytes;
  };
  const fileOf = (objectKey: string) => world().deps.db.dockFile.findUniqueOrThrow({ where: { objectKey } });
  const entries = async (objectKey: string) => {
    const { id } = await fileOf(objectKey);
    const rows = await world().deps.db.custody.findMany({
      where: { subject: `dock-file:${id}` },
      orderBy: { seq: "asc" },
    });
    return rows.map(({ action }) => action);
  };
  /** A message of the dock, as it is handled. */
  const say = async (
    objectKey: string,
    more: Parameters<typeof callbackOf>[1] & { readonly deviceMs?: number } = {},
    deps: DockDeps = world().deps,
  ) => {
    const dock = await world().deps.db.dock.findUniqueOrThrow({ where: { sn } });
    const envelope = { tid: "t", bid: "b", method: "file_upload_callback", data: {}, timestamp: more.deviceMs };
    return noteUpload(deps, { dock, envelope }, uploadCallbackSchema.parse(callbackOf(objectKey, more)));
  };
  const sweep = (deps: DockDeps = world().deps) => sweepBucket(deps, 0);
  return { film, put, fileOf, entries, say, sweep };
}
