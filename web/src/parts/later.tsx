/** Parts of the page that are fetched when they are opened. */
import { type ComponentType, useEffect, useRef, useState } from "react";
import { toast } from "@/state/toasts";
import { useTexts } from "@/texts";

/** Whether an error says that a part of the page could not be fetched, in the words of the browsers and of the build. */
export const isUnfetched = (error: unknown): boolean =>
  error instanceof Error &&
  /dynamically imported module|importing a module script failed|unable to preload/i.test(error.message);

/**
 * A part that is fetched when it is shown for the first time. Where it cannot be fetched, since the network is away or
 * Looma was updated meanwhile, that is told and it closes again; the page around it stays. (React's own way would put
 * the failure in the place of the whole page, and would not try again.)
 */
export function later<P extends { onClose: () => void }>(fetch: () => Promise<ComponentType<P>>): ComponentType<P> {
  let known: ComponentType<P> | undefined;
  // biome-ignore lint/correctness/noComponentHookFactories: it is called where modules are read, once for each part
  return function Later(props: P) {
    const t = useTexts();
    const [Part, show] = useState(() => known);
    const told = useRef({ t, onClose: props.onClose });
    told.current = { t, onClose: props.onClose };
    useEffect(() => {
      if (known) return;
      let wanted = true;
      fetch().then(
        (found) => {
          known = found;
          if (wanted) show(() => found);
        },
        () => {
          if (!wanted) return;
          toast({ text: told.current.t("parts.fault_fetch"), tone: "bad" });
          told.current.onClose();
        },
      );
      return () => {
        wanted = false;
      };
    }, []);
    return Part ? <Part {...props} /> : null;
  };
}
