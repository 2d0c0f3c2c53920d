// What one writes without the package: the vendor's client, asked page by page, nothing checked.

import OpenApiClient, { Config, OpenApiRequest, Params } from "@alicloud/openapi-client";
import { RuntimeOptions } from "@alicloud/tea-util";
import type { Service } from "../task";
import type { Read } from "./measure";

/** A row as it comes, as far as it is looked at here. */
export interface PlainRow {
  readonly BackupId: string;
}

/** A page as it comes. */
export interface PlainPage {
  readonly NextToken?: string;
  readonly Backups: readonly PlainRow[];
}

/** Prepares the vendor's client for one page after another. */
export function plainClient({ host, accessKeyId, accessKeySecret }: Service) {
  const client = new OpenApiClient(
    new Config({ accessKeyId, accessKeySecret, endpoint: host, protocol: "HTTP" }),
  );
  const params = new Params({
    action: "ListBackups",
    version: "2021-06-01",
    protocol: "HTTP",
    pathname: "/",
    method: "POST",
    authType: "AK",
    style: "RPC",
    reqBodyType: "formData",
    bodyType: "json",
  });
  const runtime = new RuntimeOptions({});
  return async (query: Record<string, string>): Promise<PlainPage> => {
    const answer = await client.callApi(params, new OpenApiRequest({ query }), runtime);
    return answer["body"] as PlainPage;
  };
}

/** Page after page, until there is none or `take` has enough. */
export async function readPlainly(
  service: Service,
  query: Record<string, string>,
  take: (page: PlainPage) => boolean,
): Promise<void> {
  const ask = plainClient(service);
  let token: string | undefined;
  do {
    const page = await ask({ ...query, ...(token !== undefined && { NextToken: token }) });
    if (!take(page)) return;
    token = page.NextToken;
  } while (token);
}

/**
 * The plain loop. `onRow` sees the id of each backup, for those who want to keep it. Without a page
 * size the service's own counts, which is 20: five of its pages are one of 100.
 */
export function plainLoop(pageSize: 100 | undefined, onRow?: (id: string) => void): Read {
  return async (service, onPage) => {
    let rows = 0;
    const query = pageSize === undefined ? {} : { MaxResults: String(pageSize) };
    await readPlainly(service, query, ({ Backups }) => {
      rows += Backups.length;
      if (onRow !== undefined) for (const { BackupId } of Backups) onRow(BackupId);
      return rows % 100 !== 0 || onPage();
    });
    if (rows === 0) throw new Error("no backups");
  };
}
