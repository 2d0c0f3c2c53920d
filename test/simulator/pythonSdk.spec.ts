// The simulator and the package come from one hand. The official SDK does not.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { join } from "node:path";

import { sampleBackups } from "../../simulator";
import { pythonWith } from "../support/pythonWith";
import { backups, simulate } from "./running";
import { recordRequest, replay } from "./wireTap";

interface Ask {
  readonly host: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken?: string | undefined;
  readonly filters?: Record<string, readonly string[]>;
}

describe("the official Python SDK", function () {
  this.timeout(60_000);
  let python = "";

  before(async function () {
    this.timeout(600_000);
    const found = await pythonWith(join(__dirname, "python", "requirements.txt"));
    if ("python" in found) {
      python = found.python;
      return;
    }
    // Where the tests are the gate, a client that was not asked has not agreed.
    if (process.env["CI"] === "true") throw new Error(found.reason);
    console.warn(`\n  NOT RUN: the simulator against the official Python SDK: ${found.reason}\n`);
    this.skip();
  });

  /** Asks once for each, in one process, and gives what came of it. */
  async function listBackups(...asks: readonly Ask[]): Promise<unknown[]> {
    const script = spawn(python, [join(__dirname, "python", "list_backups.py")], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    const plain = asks.map(({ host, accessKeyId, accessKeySecret, securityToken, filters }) => ({
      host,
      accessKeyId,
      accessKeySecret,
      securityToken,
      filters,
    }));
    script.stdin.end(JSON.stringify(plain));
    return JSON.parse(await text(script.stdout)) as unknown[];
  }

  it("pages through the sample set and gets every row", async () => {
    const rows = sampleBackups({ now: Date.now() });
    const simulator = await simulate({ backups: rows });

    const [result] = await listBackups(simulator);

    assert.deepEqual(result, { rows, pages: 4, totalCount: 321 });
  });

  it("filters, with values of any character, as the holder of a token", async () => {
    const odd = "a b+c*~!'()/?&=%,;:@中文é";
    const rows = [...backups(150, odd), ...backups(50, "other"), ...backups(20)];
    const simulator = await simulate({ backups: rows, securityToken: "the token" });
    const filters = { ServiceInstanceId: ["si-1", odd], Status: ["Created"] };

    const [result] = await listBackups({ ...simulator, filters });

    assert.deepEqual(result, {
      rows: [...rows.slice(0, 150), ...rows.slice(200)],
      pages: 2,
      totalCount: 170,
    });
  });

  it("is refused with a wrong secret, a stale date, no token, and for RAM", async () => {
    const clock = () => Date.now() + 16 * 60_000;
    const [plain, stale, withToken, denying] = await Promise.all([
      simulate(),
      simulate({ clock }),
      simulate({ securityToken: "the token" }),
      simulate({ deny: ["ListBackups"] }),
    ]);

    const results = await listBackups(
      { ...plain, accessKeySecret: "wrong" },
      stale,
      { ...withToken, securityToken: undefined },
      denying,
    );

    assert.deepEqual(results, [
      { error: "ClientException", code: "SignatureDoesNotMatch", statusCode: 400 },
      { error: "ClientException", code: "InvalidTimeStamp.Expired", statusCode: 400 },
      { error: "ClientException", code: "MissingSecurityToken", statusCode: 400 },
      { error: "ClientException", code: "Forbidden.RAM", statusCode: 403 },
    ]);
  });

  it("is refused when its request is sent again, byte by byte", async () => {
    const simulator = await simulate({ backups: backups(1) });
    const bytes = await recordRequest((host) => listBackups({ ...simulator, host }));

    const first = await replay(simulator, bytes);
    const second = await replay(simulator, bytes);

    assert.deepEqual([first, second], ["200 good", "400 SignatureNonceUsed"]);
  });
});
