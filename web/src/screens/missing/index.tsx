/** An address that leads nowhere, and a screen that broke. */
import { type ErrorComponentProps, useRouter } from "@tanstack/react-router";
import { Button, ButtonLink } from "@/parts/Button";
import { Empty, Failure } from "@/parts/Feedback";
import { isUnfetched } from "@/parts/later";
import { useTexts } from "@/texts";

export function Missing() {
  const t = useTexts();
  return (
    <Empty level={1} title={t("missing.title")} actions={<ButtonLink to="/">{t("missing.home")}</ButtonLink>}>
      {t("missing.why")}
    </Empty>
  );
}

/** The same where there is no frame around it. */
export const MissingAlone = () => (
  <main>
    <Missing />
  </main>
);

export function Broken({ error, reset }: ErrorComponentProps) {
  const t = useTexts();
  const router = useRouter();
  if (isUnfetched(error))
    return (
      <Empty
        level={1}
        title={t("missing.unfetched")}
        actions={<Button onPress={() => window.location.reload()}>{t("missing.reload")}</Button>}
      >
        {t("missing.unfetched_why")}
      </Empty>
    );
  return (
    <Failure
      error={error}
      onRetry={() => {
        reset();
        void router.invalidate();
      }}
    />
  );
}
