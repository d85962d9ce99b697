/** The bar above every screen: where one is, the search field, what can be made, the language. */
import { Link, useNavigate } from "@tanstack/react-router";
import { Menu as MenuIcon, Plus, Search } from "lucide-react";
import { Button as AriaButton } from "react-aria-components";
import { useMayWrite } from "@/api/me";
import { Button, Kbd } from "@/parts/Button";
import { Action, Menu } from "@/parts/Menu";
import { DemoMark } from "@/parts/Words";
import { prefer } from "@/state/preferences";
import { useLanguage, useTexts } from "@/texts";
import { usePlace } from "./crumbs";
import css from "./Frame.module.css";
import { LOWER, UPPER } from "./places";

function Crumbs() {
  const t = useTexts();
  const { crumbs, demo } = usePlace();
  return (
    <>
      <nav className={css.crumbs} aria-label={t("frame.where")}>
        <ol>
          {crumbs.map((crumb, number) => (
            <li key={`${number} ${crumb.text}`} aria-current={number === crumbs.length - 1 ? "page" : undefined}>
              {crumb.to ? <Link to={crumb.to}>{crumb.text}</Link> : crumb.text}
            </li>
          ))}
        </ol>
      </nav>
      {demo && <DemoMark />}
    </>
  );
}

/** The rail on narrow screens. */
function Places() {
  const t = useTexts();
  const navigate = useNavigate();
  return (
    <div className={css.menu}>
      <Menu
        label={t("frame.main")}
        button={<Button kind="quiet" aria-label={t("frame.main")} icon={<MenuIcon aria-hidden />} />}
        onAction={(key) => navigate({ to: String(key) })}
      >
        {[...UPPER, ...LOWER].map((place) => (
          <Action key={place.to} id={place.to} icon={<place.icon aria-hidden />} text={t(place.text)} />
        ))}
      </Menu>
    </div>
  );
}

function New() {
  const t = useTexts();
  const navigate = useNavigate();
  if (!useMayWrite()) return null;
  return (
    <Menu
      label={t("frame.new")}
      button={
        <Button icon={<Plus aria-hidden />}>
          <span className={css.word}>{t("frame.new")}</span>
        </Button>
      }
    >
      <Action id="upload" text={t("frame.new_upload")} onAction={() => navigate({ to: "/upload" })} />
      <Action
        id="person"
        text={t("frame.new_person")}
        onAction={() => navigate({ to: "/people", search: { new: true } })}
      />
      <Action id="job" text={t("frame.new_job")} onAction={() => navigate({ to: "/jobs", search: { new: true } })} />
      <Action
        id="company"
        text={t("frame.new_company")}
        onAction={() => navigate({ to: "/companies", search: { new: true } })}
      />
    </Menu>
  );
}

/** The switch to the other language, named in that language. */
export function LanguageSwitch() {
  const chinese = useLanguage() === "zh-CN";
  return (
    <Button kind="quiet" lang={chinese ? "en" : "zh-CN"} onPress={() => prefer({ language: chinese ? "en" : "zh-CN" })}>
      {chinese ? "English" : "中文"}
    </Button>
  );
}

export function TopBar({ onFind }: { onFind: () => void }) {
  const t = useTexts();
  return (
    <header className={css.top} data-frame="top">
      <Places />
      <Crumbs />
      <AriaButton className={css.find!} onPress={onFind}>
        <Search aria-hidden />
        <span>{t("frame.find_hint")}</span>
        <Kbd>Ctrl K</Kbd>
      </AriaButton>
      <New />
      <span className={css.wide}>
        <LanguageSwitch />
      </span>
    </header>
  );
}
