/** How a page is arranged: tabs with addresses, the side panel, lists of facts, heads of sections. */
import { createLink, type LinkComponent } from "@tanstack/react-router";
import { type AnchorHTMLAttributes, forwardRef, type ReactNode } from "react";
import { useKeys } from "@/state/keys";
import css from "./Layout.module.css";

/** A row of tabs; each is a link, so that it has an address. */
export const Tabs = (props: { label: string; children: ReactNode }) => (
  <nav className={css.tabs} aria-label={props.label}>
    {props.children}
  </nav>
);

const Anchor = forwardRef<HTMLAnchorElement, AnchorHTMLAttributes<HTMLAnchorElement> & { current: boolean }>(
  ({ current, ...rest }, ref) => (
    <a {...rest} ref={ref} className={css.tab} aria-current={current ? "page" : undefined} />
  ),
);
const Linked = createLink(Anchor);

/** One tab: a link of the router. */
export const Tab: LinkComponent<typeof Anchor> = (props) => (
  <Linked replace preload="intent" activeOptions={{ exact: true }} {...props} />
);

interface PanelProps {
  label: string;
  header: ReactNode;
  children: ReactNode;
  footer?: ReactNode;
  onClose: () => void;
}

/** A record beside the list that it was opened from. Esc closes it when nothing else is open. */
export function Panel({ label, header, children, footer, onClose }: PanelProps) {
  useKeys({ Escape: onClose });
  return (
    <aside className={css.panel} aria-label={label}>
      <header>{header}</header>
      <div className={css.body}>{children}</div>
      {footer && <footer>{footer}</footer>}
    </aside>
  );
}

/** Facts by name; the children are `Row`s. */
export const Facts = (props: { children: ReactNode }) => <dl className={css.facts}>{props.children}</dl>;

/** A fact: its name, its value, and its mark. */
export const Row = (props: { name: string; children: ReactNode; end?: ReactNode }) => (
  <div>
    <dt>{props.name}</dt>
    <dd>{props.children}</dd>
    <dd>{props.end}</dd>
  </div>
);

/** The head of a section: `level` 2 or 3; `end` stands at the right. */
export function SectionHead(props: { level?: 2 | 3; id?: string; children: ReactNode; end?: ReactNode }) {
  const Heading = props.level === 2 ? "h2" : "h3";
  return (
    <div className={css.sect}>
      <Heading id={props.id}>{props.children}</Heading>
      {props.end !== undefined && <span className="meta">{props.end}</span>}
    </div>
  );
}
