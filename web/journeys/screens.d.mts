import type { BrowserContext, Page } from "playwright-core";

export interface Screen {
  name: string;
  path: string;
  signedOut?: boolean;
  /** A dialog stands over it. */
  dialog?: boolean;
}
export interface Sample {
  name: string;
  type: string;
  data: Buffer;
}
export function api<T>(context: BrowserContext, address: string): (path: string, body?: object) => Promise<T>;
export function upload(context: BrowserContext, address: string, files: Sample[]): Promise<string>;
export function screens(context: BrowserContext, address: string, run: string): Promise<Screen[]>;
export function visit(page: Page, url: string, how?: { dialog?: boolean }): Promise<void>;
export function samples(): Sample[];
