/** What a person prefers on this device. */
import type { ReactNode } from "react";
import { Checkbox, Segmented } from "@/parts/Fields";
import { prefer, usePreferences } from "@/state/preferences";
import { useTexts } from "@/texts";
import css from "./Settings.module.css";

const THEMES = ["system", "light", "dark"] as const;
const DENSITIES = ["comfortable", "compact"] as const;
/** Each language in its own words, so that whoever reads only that one finds it. */
const LANGUAGES = [
  { id: "zh-CN", text: "中文" },
  { id: "en", text: "English" },
] as const;

const Choice = (props: { name: string; children: ReactNode }) => (
  <div className={css.choice}>
    <span aria-hidden>{props.name}</span>
    <div>{props.children}</div>
  </div>
);

export function Device() {
  const t = useTexts();
  const { language, theme, density, letters } = usePreferences();
  return (
    <div className={css.choices}>
      <Choice name={t("settings.language")}>
        <Segmented
          label={t("settings.language")}
          options={LANGUAGES}
          value={language}
          onChange={(chosen) => prefer({ language: chosen })}
        />
      </Choice>
      <Choice name={t("settings.theme")}>
        <Segmented
          label={t("settings.theme")}
          options={THEMES.map((id) => ({ id, text: t(`settings.theme_${id}`) }))}
          value={theme}
          onChange={(chosen) => prefer({ theme: chosen })}
        />
      </Choice>
      <Choice name={t("settings.density")}>
        <Segmented
          label={t("settings.density")}
          options={DENSITIES.map((id) => ({ id, text: t(`settings.density_${id}`) }))}
          value={density}
          onChange={(chosen) => prefer({ density: chosen })}
        />
      </Choice>
      <Choice name={t("settings.keys")}>
        <Checkbox isSelected={letters} onChange={(on) => prefer({ letters: on })}>
          {t("settings.letters")}
        </Checkbox>
        <p className="meta">{t("settings.letters_hint", { key: "?" })}</p>
      </Choice>
    </div>
  );
}
