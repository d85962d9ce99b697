/** Buttons and links that look like them. At most one `primary` in a view; a button names its object. */
import { createLink, type LinkComponent } from "@tanstack/react-router";
import { type AnchorHTMLAttributes, forwardRef, type ReactNode, type Ref } from "react";
import { Button as AriaButton, type ButtonProps as AriaProps } from "react-aria-components";
import css from "./Button.module.css";

export interface Look {
  /** `plain` unless told. */
  kind?: "primary" | "plain" | "quiet" | "danger";
  size?: "sm";
  icon?: ReactNode;
}

type ButtonProps = Omit<AriaProps, "children" | "className"> &
  Look & {
    children?: ReactNode;
    /** Why it cannot be pressed now; it is disabled then, and the reason stands beside it. */
    why?: string | null | false;
    ref?: Ref<HTMLButtonElement>;
  };

/** A button. Without children it needs an `aria-label`. */
export function Button({ kind = "plain", size, icon, children, why, isPending, ...rest }: ButtonProps) {
  const bare = children === undefined || undefined;
  const button = (
    // While its work is under way it keeps the focus and does nothing. (React Aria's own way names a progress bar.)
    <AriaButton
      {...rest}
      {...(isPending ? { onPress: undefined, type: "button" } : {})}
      data-pending={isPending || undefined}
      isDisabled={Boolean(why) || rest.isDisabled}
      className={css.button!}
      data-kind={kind}
      data-size={size}
      data-bare={bare}
    >
      {icon}
      {children}
    </AriaButton>
  );
  if (!why) return button;
  return (
    <span className="row">
      {button}
      <span className={css.why}>{why}</span>
    </span>
  );
}

const Anchor = forwardRef<HTMLAnchorElement, AnchorHTMLAttributes<HTMLAnchorElement> & Look>(
  ({ kind = "plain", size, icon, children, ...rest }, ref) => (
    <a
      {...rest}
      ref={ref}
      className={css.button}
      data-kind={kind}
      data-size={size}
      data-bare={children === undefined || undefined}
    >
      {icon}
      {children}
    </a>
  ),
);
const Linked = createLink(Anchor);

/** A link of the router that looks like a button. */
export const ButtonLink: LinkComponent<typeof Anchor> = (props) => <Linked preload="intent" {...props} />;

/** A key as it is printed on the keyboard. */
export const Kbd = (props: { children: ReactNode }) => <kbd className={css.kbd}>{props.children}</kbd>;
