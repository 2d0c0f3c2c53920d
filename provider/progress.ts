// What a call outside of a Pulumi program tells whoever listens, on channels of Node's
// `diagnostics_channel`: a script's output is its own, so that nothing is printed.

import { channel } from "node:diagnostics_channel";

/** A page that was read of a list: published on `pulumi-computenest:page`. */
export interface PageRead {
  /** What was asked: `ListBackups` or `ListRestoreTasks`. */
  readonly action: string;
  /** How many rows the page has. */
  readonly rows: number;
}

const pages = channel("pulumi-computenest:page");
const messages = channel("pulumi-computenest:progress");

/** Tells that a page has come. */
export function publishPage(page: PageRead): void {
  pages.publish(page);
}

/** Tells, as a text, what a call waits for, or why it asks again. */
export function publishProgress(message: string): void {
  messages.publish(message);
}
