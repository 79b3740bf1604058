-- What lies around a place is asked for each drone picture: open objects by where they are, those that say it.
CREATE INDEX "register_object_position" ON "register_object" (((document->>'longitude')::float8), ((document->>'latitude')::float8))
  WHERE closed_at IS NULL AND document->>'longitude' IS NOT NULL;
