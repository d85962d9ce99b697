/** The first page of an empty Looma: what to begin with. */
import { useMayWrite } from "@/api/me";
import { ButtonLink } from "@/parts/Button";
import { useTexts } from "@/texts";
import css from "./Home.module.css";

export function Welcome() {
  const t = useTexts();
  const mayWrite = useMayWrite();
  return (
    <section className={css.welcome} aria-labelledby="welcome">
      <h2 id="welcome">{t("home.welcome")}</h2>
      <p>{mayWrite ? t("home.welcome_words") : t("home.welcome_reader")}</p>
      {mayWrite && (
        <ol>
          <li>
            <div className="grow">
              <h3>{t("home.step_upload")}</h3>
              <p className="meta">{t("home.step_upload_words")}</p>
            </div>
            <ButtonLink kind="primary" to="/upload">
              {t("upload.title")}
            </ButtonLink>
          </li>
          <li>
            <div className="grow">
              <h3>{t("home.step_job")}</h3>
              <p className="meta">{t("home.step_job_words")}</p>
            </div>
            <ButtonLink to="/jobs" search={{ new: true }}>
              {t("home.step_job_do")}
            </ButtonLink>
          </li>
          <li>
            <div className="grow">
              <h3>{t("home.step_match")}</h3>
              <p className="meta">{t("home.step_match_words")}</p>
            </div>
            <ButtonLink to="/matches">{t("home.step_match_do")}</ButtonLink>
          </li>
        </ol>
      )}
    </section>
  );
}
