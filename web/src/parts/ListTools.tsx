/** What stands at the right of a list's title: its columns, its density, and what was put away. */
import { Archive, Columns3Cog, Rows3 } from "lucide-react";
import { prefer, usePreferences } from "@/state/preferences";
import { useTexts } from "@/texts";
import { Button } from "./Button";
import type { Column } from "./DataGridRow";
import css from "./List.module.css";
import { Choices, Menu } from "./Menu";

interface ListToolsProps {
  /** All columns; the first one always stays. */
  columns: readonly Pick<Column<never>, "id" | "title">[];
  shown: readonly string[];
  onColumns: (shown: string[]) => void;
  archived: boolean;
  onArchived: (archived: boolean) => void;
}

export function ListTools({ columns, shown, onColumns, archived, onArchived }: ListToolsProps) {
  const t = useTexts();
  const compact = usePreferences().density === "compact";
  const [first, ...others] = columns;
  function choose(chosen: Set<string>) {
    onColumns(columns.filter((one) => one === first || chosen.has(one.id)).map((one) => one.id));
  }
  return (
    <div className={css.tools}>
      <Menu
        label={t("list.columns")}
        button={
          <Button kind="quiet" size="sm" icon={<Columns3Cog aria-hidden />} aria-label={t("list.columns")}>
            <span className={css.word}>{t("list.columns")}</span>
          </Button>
        }
      >
        <Choices
          label={t("list.columns")}
          mode="multiple"
          options={others.map((one) => ({ id: one.id, text: one.title }))}
          selected={shown.filter((id) => id !== first?.id)}
          onChange={choose}
        />
      </Menu>
      <Button
        kind="quiet"
        size="sm"
        icon={<Rows3 aria-hidden />}
        aria-label={t("list.compact")}
        aria-pressed={compact}
        onPress={() => prefer({ density: compact ? "comfortable" : "compact" })}
      >
        <span className={css.word}>{t("list.compact")}</span>
      </Button>
      <Button
        kind="quiet"
        size="sm"
        icon={<Archive aria-hidden />}
        aria-label={t("list.archived")}
        aria-pressed={archived}
        onPress={() => onArchived(!archived)}
      >
        <span className={css.word}>{t("list.archived")}</span>
      </Button>
    </div>
  );
}
