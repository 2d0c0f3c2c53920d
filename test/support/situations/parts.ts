// What many situations have.

import type { Situation } from "./situation";

export const day = { maxAge: "24h" };
export const week = { restoreTestedWithin: "7d" };
export const timeless = { StartTime: null, EndTime: null, CreateTime: null };

export function refused(what: string, told: string, rest: Partial<Situation> = {}): Situation {
  return { what, told: `backup-1 ${told}`, verdict: "refused", ...rest };
}

export function qualifies(what: string, told: string, rest: Partial<Situation> = {}): Situation {
  return { what, told: `backup-1 ${told}`, verdict: "qualifies", ...rest };
}

export function pending(what: string, told: string, rest: Partial<Situation> = {}): Situation {
  return { what, told: `backup-1 ${told}`, verdict: "pending", ...rest };
}
