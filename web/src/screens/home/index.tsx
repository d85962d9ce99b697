import { useCrumbs } from "@/frame/crumbs";
import { useTexts } from "@/texts";

export function Screen() {
  const t = useTexts();
  useCrumbs([{ text: t("frame.home") }]);
  return <h1>{t("frame.home")}</h1>;
}
