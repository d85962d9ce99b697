/** A value that changes often, as it was when it last stood still. */
import { useEffect, useState } from "react";

export function useRested<V>(value: V, ms: number): V {
  const [rested, rest] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => rest(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return rested;
}
