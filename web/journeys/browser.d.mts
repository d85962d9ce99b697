import type { Browser, BrowserContext } from "playwright-core";

export const executable: string | undefined;
export function launch(): Promise<Browser>;
export function open(
  browser: Browser,
  how: { address: string; language?: string; theme?: string; width?: number; height?: number },
): Promise<BrowserContext>;
export function signIn(context: BrowserContext, address: string, username: string, password: string): Promise<void>;
