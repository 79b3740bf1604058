import { fieldDuties } from "@mingcha/models/field";
import { Link } from "react-router";
import { useFieldWaiting } from "../../api/field.ts";
import { Page } from "../../components/page.tsx";
import { useText } from "../../lib/use-text.ts";
import { holdsAny, usePerson } from "../../session/person.tsx";
import { FlightList } from "./flight-list.tsx";
import { IntakeList } from "./intake-list.tsx";
import { SceneForm } from "./scene-form.tsx";
import { UploadForm } from "./upload-form.tsx";
import { UploadList } from "./upload-list.tsx";
import "./upload.css";

/** Footage in; below, what became of everything that reached us. */
export function UploadPage() {
  const { t } = useText();
  const person = usePerson();
  const mayUpload = holdsAny(person, ["monitor", "pilot"]);
  const mayRegister = holdsAny(person, ["monitor", "administrator"]);
  return (
    <Page title={t("upload.title")}>
      <div className={`upload-top ${mayUpload && mayRegister ? "upload-two" : ""}`}>
        {mayUpload ? <UploadForm /> : null}
        {mayRegister ? <SceneForm /> : null}
      </div>
      <FieldNote />
      <UploadList />
      {holdsAny(person, ["pilot", "monitor"]) ? <FlightList /> : null}
      <IntakeList />
    </Page>
  );
}

/** How many recordings wait for a word: who hands a station's files in sees it here. */
function FieldNote() {
  const { t } = useText();
  const mayRead = holdsAny(usePerson(), fieldDuties.read);
  const waiting = useFieldWaiting(mayRead);
  const { proposed = 0, orphans = 0 } = waiting.data ?? {};
  if (proposed + orphans === 0) return null;
  return (
    <p className="upload-field">
      <Link to={`/field-recordings${proposed === 0 ? "?state=ORPHAN" : ""}`}>
        {t("field.waiting", { proposed, orphans })}
      </Link>
    </p>
  );
}
