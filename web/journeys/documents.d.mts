import type { Browser } from "playwright-core";

export type Kind = "pdf-zh" | "pdf-en" | "docx-zh" | "docx-en" | "broken";
export function documents(browser: Browser, folder: string): Promise<Record<Kind, string>>;
