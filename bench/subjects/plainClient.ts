// What one writes without the package: the vendor's client, asked page by page, nothing checked.

import OpenApiClient, { Config, OpenApiRequest, Params } from "@alicloud/openapi-client";
import { RuntimeOptions } from "@alicloud/tea-util";
import type { Read } from "./measure";

interface Body {
  readonly NextToken?: string;
  readonly Backups: readonly { readonly BackupId: string }[];
}

/** The plain loop; `onRow` sees the id of each backup, for those who want to keep it. */
export function plainLoop(onRow: ((id: string) => void) | undefined): Read {
  return async ({ host, accessKeyId, accessKeySecret }, onPage) => {
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
    let rows = 0;
    let token: string | undefined;
    do {
      const query = { MaxResults: "100", ...(token !== undefined && { NextToken: token }) };
      const answer = await client.callApi(params, new OpenApiRequest({ query }), runtime);
      const { Backups, NextToken } = answer["body"] as Body;
      rows += Backups.length;
      if (onRow !== undefined) for (const { BackupId } of Backups) onRow(BackupId);
      if (!onPage()) break;
      token = NextToken;
    } while (token);
    if (rows === 0) throw new Error("no backups");
  };
}
