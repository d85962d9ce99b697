/** The map of the keyboard. */
import { Button, Kbd } from "@/parts/Button";
import { Dialog } from "@/parts/Dialog";
import { Checkbox } from "@/parts/Fields";
import { prefer, usePreferences } from "@/state/preferences";
import { type PlainKey, useTexts } from "@/texts";
import css from "./Frame.module.css";
import { LOWER, UPPER } from "./places";

const EVERYWHERE: [PlainKey, string[]][] = [
  ["frame.find", ["Ctrl", "K"]],
  ["frame.find", ["/"]],
  ["frame.keys", ["?"]],
  ["frame.key_close", ["Esc"]],
];
const LISTS: [PlainKey, string[]][] = [
  ["frame.key_move", ["↑", "↓", "←", "→"]],
  ["frame.key_open", ["Enter"]],
  ["frame.key_full", ["Ctrl", "Enter"]],
  ["frame.key_next", ["J"]],
  ["frame.key_previous", ["K"]],
];

function Group({ title, keys }: { title: string; keys: [string, string[]][] }) {
  return (
    <section>
      <h3>{title}</h3>
      <dl>
        {keys.map(([text, pressed]) => (
          <div key={text + pressed.join()}>
            <dt>{text}</dt>
            <dd className="row">
              {pressed.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

export function KeyMap({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const t = useTexts();
  const { letters } = usePreferences();
  const named = (keys: [PlainKey, string[]][]) => keys.map(([key, pressed]): [string, string[]] => [t(key), pressed]);
  return (
    <Dialog
      title={t("frame.keys")}
      isOpen={isOpen}
      onClose={onClose}
      wide
      foot={<Button onPress={onClose}>{t("parts.close")}</Button>}
    >
      <div className={css.keys}>
        <Group title={t("frame.keys_everywhere")} keys={named(EVERYWHERE)} />
        <Group title={t("frame.keys_lists")} keys={named(LISTS)} />
        <Group
          title={t("frame.keys_places")}
          keys={[...UPPER, ...LOWER].map((place) => [t(place.text), ["G", place.key.toUpperCase()]])}
        />
      </div>
      <Checkbox isSelected={letters} onChange={(on) => prefer({ letters: on })}>
        {t("frame.letters")}
      </Checkbox>
    </Dialog>
  );
}
