import { useCrumbs } from "@/frame/crumbs";
import { useTexts } from "@/texts";

export function Screen() {
  const t = useTexts();
  useCrumbs([{ text: t("frame.people") }]);
  return <h1>{t("frame.people")}</h1>;
}
