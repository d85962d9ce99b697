/** Tells who was read, to those who do not see the rows: some at a time, politely. */
import { useEffect, useRef, useState } from "react";
import type { MatchedFile } from "@/api/runs";
import { useTexts } from "@/texts";
import { useFormats } from "@/texts/format";

const PAUSE_MS = 6000;

export function Announcer({ files, over }: { files: readonly MatchedFile[]; over: boolean }) {
  const [t, format] = [useTexts(), useFormats()];
  const [words, say] = useState("");
  const told = useRef<Set<number> | null>(null);
  const last = useRef(files);
  last.current = files;
  told.current ??= new Set(files.filter((file) => file.state === "done").map((file) => file.number));

  useEffect(() => {
    function tell() {
      const fresh = last.current.filter((file) => file.state === "done" && !told.current!.has(file.number));
      if (fresh.length === 0) return;
      for (const file of fresh) told.current!.add(file.number);
      const names = format.list(fresh.map((file) => file.name ?? file.filename));
      say(t("upload.told", { names, done: told.current!.size, total: last.current.length }));
    }
    if (over) return tell();
    const timer = setInterval(tell, PAUSE_MS);
    return () => clearInterval(timer);
  }, [over, t, format]);

  return (
    <p className="sr" aria-live="polite">
      {words}
    </p>
  );
}
