/** Where one is: each screen says it, the top bar and the title of the window show it. */
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";

export interface Crumb {
  text: string;
  /** Where it leads; the last one leads nowhere. */
  to?: string;
}

interface Place {
  crumbs: Crumb[];
  demo: boolean;
}

const Standing = createContext<[Place, (place: Place) => void] | null>(null);

export function CrumbsProvider({ children }: { children: ReactNode }) {
  const state = useState<Place>({ crumbs: [], demo: false });
  return <Standing value={useMemo(() => state, [state])}>{children}</Standing>;
}

function useStanding() {
  const standing = useContext(Standing);
  if (!standing) throw new Error("no frame here: CrumbsProvider is missing");
  return standing;
}

export const usePlace = (): Place => useStanding()[0];

/** Say where one is: from the rail's place to the record that is open. `demo` marks an invented record. */
export function useCrumbs(crumbs: Crumb[], demo = false): void {
  const put = useStanding()[1];
  const told = JSON.stringify(crumbs);
  useEffect(() => {
    const now = JSON.parse(told) as Crumb[];
    put({ crumbs: now, demo });
    document.title = [...now.map((crumb) => crumb.text).reverse(), "Looma"].join(" · ");
  }, [told, demo, put]);
}
