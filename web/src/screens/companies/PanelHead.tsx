/** The head of a record beside a list: its name, what stands below it, the way to its page, and the way out. */
import { Maximize2 } from "lucide-react";
import type { ReactNode } from "react";
import { ButtonLink } from "@/parts/Button";
import { PanelClose } from "@/parts/List";
import { DemoMark } from "@/parts/Words";
import { useTexts } from "@/texts";
import { languageOf } from "@/texts/script";
import css from "./Companies.module.css";

interface PanelHeadProps {
  name: string;
  more: (string | null | undefined)[];
  demo?: boolean;
  to: "/companies/$id" | "/jobs/$id";
  id: string;
  onClose: () => void;
  actions?: ReactNode;
}

export function PanelHead({ name, more, demo, to, id, onClose, actions }: PanelHeadProps) {
  const t = useTexts();
  return (
    <div className={css.panelhead}>
      <div className={css.named}>
        <h2 lang={languageOf(name)}>{name}</h2>
        <ButtonLink
          kind="quiet"
          size="sm"
          to={to}
          params={{ id }}
          aria-label={t("companies.full_page")}
          icon={<Maximize2 aria-hidden />}
        />
        <PanelClose onPress={onClose} />
      </div>
      <p className="ink2 small">
        {more.filter(Boolean).join(" · ")} {demo && <DemoMark />}
      </p>
      {actions && <div className="row wrap">{actions}</div>}
    </div>
  );
}
