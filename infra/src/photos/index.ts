export {
  describePhoto,
  type PhotoDescription,
  type PhotoRefusal,
  type PhotoType,
  photoTypes,
} from "./describe-photo.ts";
export { captureInstant, type ExifFacts, exifFactsSchema, noExif, readExif } from "./read-exif.ts";
