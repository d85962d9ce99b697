/** Settings: who one is here, one's password, and what one prefers on this device. */
import { useNavigate } from "@tanstack/react-router";
import { LogOut } from "lucide-react";
import type { ReactNode } from "react";
import { useMe, useSignOut } from "@/api/me";
import { useCrumbs } from "@/frame/crumbs";
import { Button } from "@/parts/Button";
import { Facts, Row } from "@/parts/Layout";
import { Avatar } from "@/parts/Words";
import { useTexts } from "@/texts";
import { languageOf } from "@/texts/script";
import { Device } from "./Device";
import { PasswordForm } from "./PasswordForm";
import css from "./Settings.module.css";

function Section(props: { id: string; title: string; hint?: string; children: ReactNode }) {
  return (
    <section className={css.section} aria-labelledby={props.id}>
      <div>
        <h2 id={props.id}>{props.title}</h2>
        {props.hint && <p className="meta">{props.hint}</p>}
      </div>
      <div>{props.children}</div>
    </section>
  );
}

function Me() {
  const t = useTexts();
  const me = useMe();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const name = me.display_name ?? me.username;
  return (
    <>
      <div className={css.me}>
        <Avatar name={name} size="lg" />
        <b className="grow" lang={languageOf(name)}>
          {name}
        </b>
        <Button
          icon={<LogOut aria-hidden />}
          isPending={signOut.isPending}
          onPress={() => signOut.mutate(undefined, { onSuccess: () => navigate({ to: "/signin" }) })}
        >
          {t("settings.sign_out")}
        </Button>
      </div>
      <Facts>
        <Row name={t("settings.username")}>{me.username}</Row>
        {me.roles.map((role) => (
          <Row key={role} name={t("settings.role")}>
            {t(`settings.role_${role}`)}
            <p className="meta">{t(`settings.may_${role}`)}</p>
          </Row>
        ))}
      </Facts>
    </>
  );
}

export function Screen() {
  const t = useTexts();
  useCrumbs([{ text: t("frame.settings") }]);
  return (
    <div className={css.page}>
      <h1>{t("frame.settings")}</h1>
      <Section id="settings-me" title={t("settings.me")}>
        <Me />
      </Section>
      <Section id="settings-password" title={t("settings.password")} hint={t("settings.password_hint")}>
        <PasswordForm />
      </Section>
      <Section id="settings-device" title={t("settings.device")} hint={t("settings.device_hint")}>
        <Device />
      </Section>
    </div>
  );
}
