/** The rail: where one can go, what waits there, and who one is. */

import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { CircleHelp, LogOut, Monitor, Moon, PanelLeft, Sun } from "lucide-react";
import { Button as AriaButton } from "react-aria-components";
import { useMe, useSignOut } from "@/api/me";
import { uploadsQuery, waitingFiles } from "@/api/runs";
import { Button, Kbd } from "@/parts/Button";
import { Action, Choices, Menu } from "@/parts/Menu";
import { Avatar, Count } from "@/parts/Words";
import { prefer, usePreferences } from "@/state/preferences";
import { useTexts } from "@/texts";
import css from "./Frame.module.css";
import { LOWER, type PlaceOfRail, UPPER } from "./places";

export const Logo = () => (
  <svg viewBox="0 0 20 20" aria-hidden="true">
    <path d="M4 2v16M10 2v16M16 2v16" />
    <path d="M1.5 6h5M8 6h10.5M1.5 13.5H12M14 13.5h4.5" />
  </svg>
);

/** Files that could not be read and wait for somebody. */
function Waiting() {
  const t = useTexts();
  const { data } = useQuery(uploadsQuery());
  const waiting = (data?.items ?? []).reduce((sum, run) => sum + waitingFiles(run).length, 0);
  return waiting > 0 ? (
    <Count mine title={t("frame.waits_for_you")}>
      {waiting}
    </Count>
  ) : null;
}

function Place({ place }: { place: PlaceOfRail }) {
  const t = useTexts();
  const Icon = place.icon;
  return (
    <li>
      <Link
        to={place.to}
        className={css.place}
        title={t(place.text)}
        preload="intent"
        activeOptions={{ exact: place.to === "/", includeSearch: false }}
        activeProps={{ "aria-current": "page" }}
      >
        <Icon aria-hidden />
        <span>{t(place.text)}</span>
        {place.to === "/upload" && <Waiting />}
      </Link>
    </li>
  );
}

const THEMES = [
  { id: "system", icon: Monitor },
  { id: "light", icon: Sun },
  { id: "dark", icon: Moon },
] as const;

function Me() {
  const t = useTexts();
  const me = useMe();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const { theme } = usePreferences();
  const name = me.display_name ?? me.username;
  return (
    <Menu
      label={name}
      button={
        <AriaButton className={css.place!}>
          <Avatar name={name} size="sm" />
          <span className="cut">{name}</span>
        </AriaButton>
      }
    >
      <Choices
        label={t("frame.theme")}
        options={THEMES.map((one) => ({ id: one.id, text: t(`frame.theme_${one.id}`) }))}
        selected={[theme]}
        onChange={(chosen) => prefer({ theme: ([...chosen][0] ?? "system") as typeof theme })}
      />
      <Action
        id="out"
        icon={<LogOut aria-hidden />}
        text={t("frame.sign_out")}
        onAction={() => signOut.mutate(undefined, { onSuccess: () => navigate({ to: "/signin" }) })}
      />
    </Menu>
  );
}

export function Rail({ folded, onHelp }: { folded: boolean; onHelp: () => void }) {
  const t = useTexts();
  return (
    <nav className={css.rail} aria-label={t("frame.main")}>
      <div className={css.brand}>
        <Logo />
        <span>Looma</span>
        <Button
          kind="quiet"
          size="sm"
          aria-label={t("frame.fold")}
          icon={<PanelLeft aria-hidden />}
          onPress={() => prefer({ folded: !folded })}
        />
      </div>
      <ul>
        {UPPER.map((place) => (
          <Place key={place.to} place={place} />
        ))}
        {folded && (
          <li>
            <AriaButton className={css.place!} aria-label={t("frame.unfold")} onPress={() => prefer({ folded: false })}>
              <PanelLeft aria-hidden />
            </AriaButton>
          </li>
        )}
      </ul>
      <ul className={css.low}>
        {LOWER.map((place) => (
          <Place key={place.to} place={place} />
        ))}
        <li>
          <AriaButton className={css.place!} onPress={onHelp}>
            <CircleHelp aria-hidden />
            <span>{t("frame.keys")}</span>
            <Kbd>?</Kbd>
          </AriaButton>
        </li>
        <li>
          <Me />
        </li>
      </ul>
    </nav>
  );
}
