import { useCrumbs } from "@/frame/crumbs";
import { useTexts } from "@/texts";

export function Screen() {
  const t = useTexts();
  useCrumbs([{ text: t("frame.jobs") }]);
  return <h1>{t("frame.jobs")}</h1>;
}
