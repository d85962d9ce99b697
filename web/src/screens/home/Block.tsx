/** A part of the first page: a number, a list, one thing to do. */
import { type ReactNode, useId } from "react";
import { Bones, Failure } from "@/parts/Feedback";
import { useFormats } from "@/texts/format";
import css from "./Home.module.css";

interface Asked {
  isPending: boolean;
  error: unknown;
  refetch: () => unknown;
}

interface BlockProps {
  /** Nothing while it is not known. */
  count: number | null | undefined;
  title: string;
  about?: ReactNode;
  action?: ReactNode;
  wide?: boolean;
  /** What the list comes from. */
  asked: Asked;
  /** What is told where the list is empty. */
  none?: string | false;
  children: ReactNode;
}

export function Block({ count, title, about, action, wide, asked, none, children }: BlockProps) {
  const format = useFormats();
  const id = useId();
  return (
    <section className={css.block} data-wide={wide || undefined} aria-labelledby={id}>
      <header>
        {typeof count === "number" && <p className={css.number}>{format.number(count)}</p>}
        <div className="grow">
          <h2 id={id}>{title}</h2>
          {about && <p className="meta">{about}</p>}
        </div>
        {action}
      </header>
      {asked.isPending && <Bones lines={4} />}
      {asked.error ? <Failure error={asked.error} onRetry={() => asked.refetch()} /> : null}
      {!asked.isPending && !asked.error && none && <p className={`meta ${css.none}`}>{none}</p>}
      <ul aria-labelledby={id}>{children}</ul>
    </section>
  );
}
