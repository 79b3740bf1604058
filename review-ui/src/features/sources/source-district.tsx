import type { SourceView } from "@mingcha/models/http";
import { App, Select } from "antd";
import { useSetDistrict } from "../../api/records.ts";
import { useDistricts } from "../../api/session.ts";
import { useText } from "../../lib/use-text.ts";
import { usePerson } from "../../session/person.tsx";

/** The district a source belongs to; who may act on its records follows from it. The administrator sets it. */
export function SourceDistrict({ source }: { source: SourceView }) {
  const { t, pick, errorText } = useText();
  const { message } = App.useApp();
  const { duties } = usePerson();
  const districts = useDistricts();
  const set = useSetDistrict(source.id);
  const known = districts.find(({ id }) => id === source.district);
  const name = known === undefined ? (source.district ?? t("people.noDistrict")) : pick(known.name);
  if (!duties.includes("administrator"))
    return source.district === null ? null : (
      <span>
        {t("people.districts")}: {name}
      </span>
    );
  const choose = (district: string) =>
    set.mutate(
      { district: district === "" ? null : district, was: source.district },
      {
        onSuccess: () => void message.success(t("people.districtSet")),
        onError: (error) => void message.error(errorText(error)),
      },
    );
  return (
    <Select
      size="small"
      className="source-district"
      aria-label={`${source.name} ${t("people.setDistrict")}`}
      value={source.district ?? ""}
      loading={set.isPending}
      onChange={choose}
      options={[
        { value: "", label: `${t("people.districts")}: ${t("people.noDistrict")}` },
        ...districts.map((item) => ({ value: item.id, label: `${t("people.districts")}: ${pick(item.name)}` })),
      ]}
    />
  );
}
