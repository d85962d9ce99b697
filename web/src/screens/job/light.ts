/** Which criteria and sentences are lit: what the pointer is on, else what the address holds. */
import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useMemo, useState } from "react";
import type { Sentence } from "./references";

const route = getRouteApi("/inside/jobs/$id");

export interface Light {
  isLit: (criterion: string) => boolean;
  isLitSentence: (sentence: Sentence) => boolean;
  /** The pointer is on a criterion or a sentence, or has left it. */
  point: (criteria: readonly string[] | null) => void;
  /** Light a criterion for good: it is in the address from now on. */
  choose: (criterion: string | undefined) => void;
  chosen: string | undefined;
}

/** Light that both columns share. */
export function useLight(): Light {
  const { criterion: chosen } = route.useSearch();
  const navigate = route.useNavigate();
  const [pointed, point] = useState<readonly string[] | null>(null);
  const choose = useCallback(
    (criterion: string | undefined) => {
      if (criterion === chosen) return;
      void navigate({ search: (was) => ({ ...was, criterion }), replace: true, resetScroll: false });
    },
    [chosen, navigate],
  );
  return useMemo(() => {
    const lit = new Set(pointed ?? (chosen ? [chosen] : []));
    return {
      isLit: (criterion) => lit.has(criterion),
      isLitSentence: (sentence) => sentence.criteria.some((one) => lit.has(one)),
      point,
      choose,
      chosen,
    };
  }, [pointed, chosen, choose]);
}
