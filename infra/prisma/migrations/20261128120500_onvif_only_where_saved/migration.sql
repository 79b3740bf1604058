-- Sources that stood before their clocks were asked for begin unasked: their user name and password were given for another port.
-- A page that was opened before has to be read anew.
UPDATE "stream" SET "onvif_enabled" = false, "version" = "version" + 1
WHERE "onvif_enabled" AND "onvif_port" IS NULL AND "onvif_path" IS NULL;
