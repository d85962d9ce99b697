/** How much of the files has been sent, and which cannot be. */
import { MOST_BYTES, MOST_FILES } from "@/api/runs";
import { Button } from "@/parts/Button";
import { Failure, Note, Progress } from "@/parts/Feedback";
import { useTexts } from "@/texts";
import { useFormats } from "@/texts/format";
import { languageOf } from "@/texts/script";
import { forget, sendAgain, stopSending, useSending } from "./sending";
import css from "./Upload.module.css";

export function SendingNow() {
  const [t, format] = [useTexts(), useFormats()];
  const { state, files, share, refused, error } = useSending();
  const size = files.reduce((sum, file) => sum + file.size, 0);
  return (
    <>
      {state === "sending" && (
        <div className="row">
          <div className="grow">
            <Progress
              label={t("upload.sending", { count: files.length })}
              share={share}
              value={format.percent(share)}
              left={t("upload.sent", { sent: format.bytes(size * share), size: format.bytes(size) })}
              right={t("upload.stay")}
            />
          </div>
          <Button size="sm" kind="quiet" onPress={stopSending}>
            {t("upload.stop_sending")}
          </Button>
        </div>
      )}
      {state === "failed" && (
        <div>
          <Failure error={error} onRetry={sendAgain} />
          <p className="meta">{t("upload.unsent", { count: files.length })}</p>
        </div>
      )}
      {refused.length > 0 && (
        <div role="alert">
          <Note
            tone="warn"
            actions={
              <Button size="sm" onPress={forget}>
                {t("upload.close")}
              </Button>
            }
          >
            <p className={css.label}>{t("upload.refused", { count: refused.length })}</p>
            <ul className={css.refused}>
              {refused.map(({ name, why }, number) => (
                <li key={`${number} ${name}`}>
                  <b lang={languageOf(name)}>{name}</b>{" "}
                  <span>
                    {why === "large"
                      ? t("upload.refused_large", { mb: MOST_BYTES / 1024 / 1024 })
                      : why === "many"
                        ? t("upload.refused_many", { files: MOST_FILES })
                        : t(`upload.refused_${why}`)}
                  </span>
                </li>
              ))}
            </ul>
          </Note>
        </div>
      )}
    </>
  );
}
