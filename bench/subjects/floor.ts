// The floor: undici alone, no signature, nothing checked. It needs a server that asks for none.

import { request } from "undici";
import { measure } from "./measure";
import type { PlainPage } from "./plainClient";

void measure(async ({ host }, onPage) => {
  let token: string | undefined;
  do {
    const query = new URLSearchParams({ MaxResults: "100", ...(token && { NextToken: token }) });
    const { body } = await request(`http://${host}/?${query.toString()}`, { method: "POST" });
    const page = (await body.json()) as PlainPage;
    if (!onPage()) return;
    token = page.NextToken;
  } while (token);
});
