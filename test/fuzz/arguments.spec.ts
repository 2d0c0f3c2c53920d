import assert from "node:assert/strict";
import { inspect } from "node:util";
import fc from "fast-check";
import {
  backupGate,
  ConfigurationError,
  getBackup,
  getBackups,
  InvalidArgumentError,
  listBackups,
  NoQualifyingBackupError,
  RequestError,
  type GetBackupArgs,
  type GetBackupsArgs,
  type Settings,
} from "../../provider";
import { serve } from "../support/service";
import { anything, objectWith, plain } from "./hostileValues";
import { runs, timeFor } from "./runs";

const id = fc.oneof(fc.constantFrom("si-1", "backup-1"), fc.string({ minLength: 1 }));
const ids = fc.array(id, { minLength: 1, maxLength: 30 });
const oneOf = (...values: unknown[]) => plain(fc.constantFrom(...values));
const time = oneOf("2026-01-31T00:00:00Z", "2026-01-31T00:00:00+08:00", "2026-01-31");
const duration = oneOf("90m", "24h", "P1DT12H", "1M", "0s");
const statuses = fc.constantFrom("Created", "Creating", "created");
const number = plain(fc.integer());
const filter = fc.record({ name: fc.constantFrom("Status", "EndTime", "Name"), values: ids });

const listArgs = objectWith({
  serviceInstanceId: plain(id),
  serviceInstanceIds: plain(ids),
  ids: plain(ids),
  status: plain(statuses),
  statuses: plain(fc.array(statuses)),
  backupMode: plain(id),
  startedAfter: time,
  endedBefore: time,
  maxAge: duration,
  filters: plain(fc.array(filter)),
  limit: number,
  maxResults: plain(fc.integer({ min: -1, max: 101 })),
  nextToken: plain(id),
  maxPages: number,
  region: oneOf("cn-hangzhou", "ap-southeast-1", "cn-shanghai"),
});

const gateArgs = objectWith({
  serviceInstanceId: plain(id),
  backupId: plain(id),
  serviceInstanceIds: plain(ids),
  backupMode: plain(id),
  maxAge: duration,
  minRetention: duration,
  restoreTestedWithin: duration,
  waitTimeout: duration,
  pollInterval: duration,
});

const words = fc.constantFrom("http://127.0.0.1:1", "[::1]", "a b", "//", "%", "cn-");
const text = plain(fc.oneof(fc.string(), words));
const role = objectWith({
  roleArn: text,
  oidcProviderArn: text,
  oidcToken: text,
  externalId: text,
});

const settings = objectWith({
  region: text,
  accountType: oneOf("Domestic", "International", "domestic"),
  accessKey: text,
  secretKey: text,
  securityToken: text,
  profile: text,
  sharedCredentialsFile: text,
  ecsRoleName: text,
  credentialsUri: text,
  assumeRole: role,
  assumeRoleWithOidc: role,
  endpoint: text,
  protocol: oneOf("HTTP", "HTTPS", "ftp"),
  clientConnectTimeout: number,
  maxRetryTimeout: number,
  completeness: oneOf("strict", "tokens", "loose"),
  transport: oneOf("undici", "openapi-client", "fetch"),
});

const options = fc.oneof(anything, objectWith({ settings, signal: anything, on: anything }));

/** The service's refusal of a token that it did not give out. */
const rejectedToken = {
  [Symbol.hasInstance]: (error: unknown) =>
    error instanceof RequestError && error.serviceCode === "InvalidParameter.NextToken",
};

/** Whatever came of a call, if it is what the call is documented to come to. */
async function assertDocumented(
  call: () => unknown,
  ...documented: { readonly [Symbol.hasInstance]: (error: unknown) => boolean }[]
): Promise<void> {
  try {
    await call();
  } catch (error) {
    const isDocumented = [InvalidArgumentError, ...documented].some(
      (type) => error instanceof type,
    );
    assert.ok(isDocumented, inspect(error));
    assert.ok((error as Error).message.length < 100_000, "nobody reads so long a message");
  }
}

describe("whatever is passed", () => {
  it("to getBackups gives backups or an InvalidArgumentError", async function () {
    this.timeout(timeFor(20));
    const service = await serve();
    await fc.assert(
      fc.asyncProperty(fc.oneof(anything, listArgs), async (args) => {
        const opts = { settings: service.settings };
        await assertDocumented(() => getBackups(args() as GetBackupsArgs, opts), rejectedToken);
      }),
      runs(400),
    );
  });

  it("to getBackup gives a backup, the news that there is none, or an InvalidArgumentError", async function () {
    this.timeout(timeFor(20));
    const service = await serve();
    await fc.assert(
      fc.asyncProperty(fc.oneof(anything, gateArgs), async (args) => {
        const opts = { settings: service.settings };
        const call = () => getBackup(args() as GetBackupArgs, opts);
        await assertDocumented(call, NoQualifyingBackupError);
      }),
      runs(400),
    );
  });

  it("to getBackup is not repeated whole in the news that there is none", async () => {
    const { settings } = await serve();
    const backupMode = "x".repeat(1_000_000);

    await assertDocumented(
      () => getBackup({ serviceInstanceId: "si-1", backupMode }, { settings }),
      NoQualifyingBackupError,
    );
  });

  it("to listBackups, options too, gives a stream or an error of arguments or settings", async function () {
    this.timeout(timeFor(20));
    await fc.assert(
      fc.asyncProperty(fc.oneof(anything, listArgs), options, async (args, opts) => {
        const call = () => listBackups(args() as GetBackupsArgs, opts() as object);
        await assertDocumented(call, ConfigurationError);
      }),
      runs(500),
    );
  });

  it("to getBackups as options of Pulumi's gives backups or an InvalidArgumentError", async function () {
    this.timeout(timeFor(20));
    const service = await serve();
    const pulumis = objectWith({
      parent: anything,
      provider: anything,
      dependsOn: anything,
      async: plain(fc.boolean()),
    });
    await fc.assert(
      fc.asyncProperty(pulumis, async (opts) => {
        const { signal, version, pluginDownloadURL, ...own } = opts() as Record<string, unknown>;
        const all = { ...own, settings: service.settings };
        await assertDocumented(() => getBackups({}, all));
      }),
      runs(300),
    );
  });

  it("to getBackups and getBackup as options gives an error of arguments or settings", async function () {
    this.timeout(timeFor(20));
    // Never a good call: this is about the checks before it.
    const wrong = { serviceInstanceId: "" };
    await fc.assert(
      fc.asyncProperty(options, async (opts) => {
        await assertDocumented(() => getBackups(wrong, opts() as object));
        await assertDocumented(() => getBackup(wrong, opts() as object));
      }),
      runs(300),
    );
  });

  it("to backupGate gives a gate or an error of arguments, outside a program a ConfigurationError", async function () {
    this.timeout(timeFor(20));
    const name = fc.oneof(oneOf("gate"), anything);
    await fc.assert(
      fc.asyncProperty(name, fc.oneof(anything, gateArgs), options, async (called, args, opts) => {
        const call = () => backupGate(called() as string, args() as never, opts() as object);
        await assertDocumented(call, ConfigurationError);
      }),
      runs(400),
    );
  });

  it("as settings is told without a request", async function () {
    this.timeout(timeFor(20));
    await fc.assert(
      fc.asyncProperty(fc.oneof(anything, settings), async (given) => {
        const call = () => listBackups({}, { settings: given() as Settings });
        await assertDocumented(call, ConfigurationError);
      }),
      runs(600),
    );
  });
});
