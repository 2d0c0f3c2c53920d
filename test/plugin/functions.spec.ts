import assert from "node:assert/strict";
import {
  BackupsError,
  getBackup,
  getBackups,
  RequestError,
  type GetBackupArgs,
  type GetBackupsArgs,
  type Settings,
} from "../../provider";
import type { Fault, SimulatorOptions } from "../../simulator";
import { backupsOf, instances, requestsCome } from "../support/fleetOf";
import { wireRow, wireRows } from "../support/backups";
import { planted } from "../support/connection";
import { ago } from "../support/gateTimes";
import {
  configOf,
  pluginFor,
  refusalOf,
  secret,
  startEngine,
  startPlugin,
  type Values,
} from "../support/plugin";
import { asked, serve, type Service } from "../support/service";
import { collectWarnings } from "../support/warnings";

const tokens = {
  getBackups: "computenest:index:getBackups",
  getBackup: "computenest:index:getBackup",
} as const;

const recent = (fields: Parameters<typeof wireRow>[0] = {}) =>
  wireRow({ StartTime: ago(2), EndTime: ago(1), CreateTime: ago(2), ...fields });

/** One of each sort, of two service instances. */
const some = [
  recent(),
  recent({ BackupId: "backup-2", ServiceInstanceId: "si-2", RetentionDays: 7 }),
  recent({ BackupId: "backup-3", Status: "CreateFailed", StatusDetail: "no disk" }),
  recent({ BackupId: "backup-4", StartTime: ago(31), EndTime: null, Description: "备份 ünicode" }),
  recent({ BackupId: "backup-5", Status: "Archived", BackupMode: null }),
];

/** A call, and the service that it meets. */
interface Case {
  readonly what: string;
  readonly service?: SimulatorOptions;
  readonly faults?: readonly Fault[];
  readonly settings?: Settings;
  /** What the call throws; undefined when it gives a result. */
  readonly fails?: string;
}

const always = { times: Infinity } as const;
const impatient = { maxRetryTimeout: 1 };
const total99: Fault = { kind: "page", patch: { TotalCount: 99 }, ...always };

const lists: readonly (Case & { readonly args?: unknown })[] = [
  { what: "all backups" },
  { what: "no backups", service: { backups: [] } },
  { what: "many pages", service: { backups: wireRows(250) } },
  { what: "one service instance", args: { serviceInstanceId: "si-2" } },
  { what: "several service instances", args: { serviceInstanceIds: ["si-1", "si-2", "si-3"] } },
  { what: "ids", args: { ids: ["backup-4", "backup-1"] } },
  { what: "a status", args: { status: "CreateFailed" } },
  { what: "several statuses", args: { statuses: ["Created", "CreateFailed"] } },
  { what: "a mode", args: { backupMode: "Manual" } },
  { what: "an age", args: { maxAge: "24h" } },
  { what: "a start", args: { startedAfter: ago(3), startedBefore: ago(1) } },
  { what: "an end", args: { endedAfter: ago(3), endedBefore: ago(0.5) } },
  { what: "filters", args: { filters: [{ name: "Status", values: ["Created"] }] } },
  { what: "a limit", args: { limit: 2 } },
  { what: "a size of pages", args: { maxResults: 2 } },
  { what: "some pages only", args: { maxResults: 2, maxPages: 1 } },
  { what: "a region", args: { region: "ap-southeast-1" } },
  { what: "no count from the service", service: { omitTotalCount: true } },
  { what: "another transport", settings: { transport: "openapi-client" } },
  { what: "another region in the settings", settings: { region: "eu-central-1" } },
  { what: "a temporary key", service: { securityToken: "token" } },
  { what: "a list taken as complete", faults: [total99], settings: { completeness: "tokens" } },
  { what: "one refusal that passes", faults: [{ kind: "status", status: 503 }] },
  { what: "an incomplete list", faults: [total99], fails: "IncompleteList" },
  {
    what: "a list that is none",
    faults: [{ kind: "page", patch: { Backups: "none" }, ...always }],
    fails: "Response",
  },
  {
    what: "a backup without an id",
    faults: [{ kind: "page", patch: { Backups: [{ Status: "Created" }] }, ...always }],
    fails: "Response",
  },
  {
    what: "no end of pages",
    faults: [{ kind: "endlessEmptyPages", ...always }],
    fails: "Response",
  },
  { what: "a denial", service: { deny: ["ListBackups"] }, fails: "denied" },
  { what: "a wrong key", settings: { accessKey: "LTAI5tWrongKeyOfATest" }, fails: "denied" },
  {
    what: "half a key of which the rest is nowhere",
    settings: { secretKey: undefined },
    fails: "Configuration",
  },
  {
    what: "plain HTTP to somewhere else",
    settings: { endpoint: "http://192.0.2.1" },
    fails: "Configuration",
  },
  {
    what: "a service that is busy for longer than allowed",
    faults: [{ kind: "throttle", retryAfterMs: 5000, ...always }],
    settings: impatient,
    fails: "throttled",
  },
  {
    what: "a service that is down for longer than allowed",
    faults: [{ kind: "status", status: 503, ...always }],
    settings: impatient,
    fails: "unavailable",
  },
  {
    what: "a service that refuses the request",
    faults: [{ kind: "status", status: 400, code: "InvalidParameter", message: "no", ...always }],
    fails: "rejected",
  },
  { what: "a redirect", faults: [{ kind: "redirect", location: "/" }], fails: "rejected" },
  {
    what: "a name that is misspelt",
    args: { serviceInstanceID: "si-1" },
    fails: "InvalidArgument",
  },
  { what: "an unknown status", args: { status: "Done" }, fails: "InvalidArgument" },
  {
    what: "contradictions",
    args: { status: "Created", statuses: ["Created"], limit: 0, maxAge: "soon" },
    fails: "InvalidArgument",
  },
  {
    what: "a filter of an unknown name",
    args: { filters: [{ name: "Colour", values: [] }] },
    fails: "InvalidArgument",
  },
];

const finds: readonly (Case & { readonly args: unknown })[] = [
  { what: "a service instance", args: { serviceInstanceId: "si-1" } },
  { what: "a backup", args: { backupId: "backup-4" } },
  {
    what: "a backup of a service instance",
    args: { serviceInstanceId: "si-2", backupId: "backup-2" },
  },
  {
    what: "all conditions",
    service: {
      backups: some,
      restoreTasks: [
        { RestoreTaskId: "restore-1", BackupId: "backup-2", Status: "Restored", EndTime: ago(1) },
      ],
    },
    args: {
      serviceInstanceId: "si-2",
      maxAge: "24h",
      minRetention: "3d",
      restoreTestedWithin: "7d",
      backupMode: "Manual",
      waitTimeout: "1s",
      pollInterval: "1s",
      region: "cn-hangzhou",
    },
  },
  {
    what: "a backup that is too old",
    args: { backupId: "backup-4", maxAge: "24h" },
    fails: "NoQualifyingBackup",
  },
  {
    what: "a service instance without",
    args: { serviceInstanceId: "si-3" },
    fails: "NoQualifyingBackup",
  },
  {
    what: "nothing that was restored",
    args: { serviceInstanceId: "si-1", restoreTestedWithin: "7d" },
    fails: "NoQualifyingBackup",
  },
  {
    what: "a denial of restores",
    service: { backups: some, deny: ["ListRestoreTasks"] },
    args: { serviceInstanceId: "si-1", restoreTestedWithin: "7d" },
    fails: "denied",
  },
  {
    what: "an incomplete list",
    faults: [total99],
    args: { backupId: "b" },
    fails: "IncompleteList",
  },
  {
    what: "a wait in vain",
    service: { backups: [recent({ Status: "Creating" })] },
    args: { serviceInstanceId: "si-1", waitTimeout: "1s", pollInterval: "1s" },
    fails: "WaitTimeout",
  },
  { what: "nothing to be protected", args: { maxAge: "1h" }, fails: "InvalidArgument" },
  {
    what: "an argument of another function",
    args: { serviceInstanceIds: ["si-1"], status: "Created" },
    fails: "InvalidArgument",
  },
];

/** The status that tells of each class of errors. */
const statusOf: Readonly<Record<string, string>> = {
  InvalidArgument: "INVALID_ARGUMENT",
  Configuration: "FAILED_PRECONDITION",
  Response: "DATA_LOSS",
  IncompleteList: "ABORTED",
  NoQualifyingBackup: "NOT_FOUND",
  WaitTimeout: "DEADLINE_EXCEEDED",
  denied: "PERMISSION_DENIED",
  throttled: "RESOURCE_EXHAUSTED",
  unavailable: "UNAVAILABLE",
  rejected: "INVALID_ARGUMENT",
};

/** What a call came to, in the words of one front; what differs between two calls is left out. */
interface Outcome {
  readonly result?: unknown;
  readonly failure?: { readonly code: string; readonly message: string };
  readonly warnings: readonly string[];
  readonly requests: readonly unknown[];
}

function sameWords(message: string): string {
  return message
    .replaceAll(/\b[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\b/gi, "(request id)")
    .replaceAll("settings option", "configuration")
    .replaceAll("provider's configuration", "configuration")
    .replaceAll("settings.", "computenest:")
    .replaceAll(/\d+ times, for [\d.]+ s/g, "(some) times")
    .replaceAll(/ \d+ attempts/g, " (some) attempts");
}

function prepare(service: Service, { faults = [] }: Case): void {
  service.faults.clear();
  service.faults.add(...faults);
  service.clearRequests();
}

/** What a service was asked, each once: how often something is repeated is a matter of chance. */
function requestsTo(service: Service): unknown[] {
  const texts = asked(service).map(({ NextToken, ...rest }) =>
    JSON.stringify({ ...rest, isFirst: NextToken === undefined }),
  );
  return [...new Set(texts)];
}

function codeOf(error: BackupsError): string {
  return error instanceof RequestError ? error.kind : error.code;
}

async function inProcess(
  service: Service,
  name: keyof typeof tokens,
  one: Case & { readonly args?: unknown },
): Promise<Outcome> {
  prepare(service, one);
  const warnings = collectWarnings() as string[];
  warnings.length = 0;
  const opts = { settings: { ...service.settings, ...one.settings } };
  const call: Promise<unknown> =
    name === "getBackups"
      ? getBackups(one.args as GetBackupsArgs, opts)
      : getBackup(one.args as GetBackupArgs, opts);
  const outcome = await call.then(
    (result) => ({ result }),
    (error: unknown) => {
      assert.ok(error instanceof BackupsError);
      return {
        failure: { code: statusOf[codeOf(error)] ?? "", message: sameWords(error.message) },
      };
    },
  );
  return {
    ...outcome,
    warnings: warnings.map((warning) => warning.replace("computenest: ", "")),
    requests: requestsTo(service),
  };
}

async function overThePlugin(
  service: Service,
  name: keyof typeof tokens,
  one: Case & { readonly args?: unknown },
): Promise<Outcome> {
  prepare(service, one);
  const engine = await startEngine();
  const plugin = await startPlugin(engine.address);
  const config = { ...configOf(service), ...one.settings };
  const given = Object.entries(config).filter(([, value]) => value !== undefined);
  await plugin.configure(Object.fromEntries(given));
  const call = plugin.invoke(tokens[name], (one.args ?? {}) as Values);
  const outcome = await call.then(
    (result) => ({ result }),
    async () => {
      const { code, details } = await refusalOf(call);
      return { failure: { code, message: sameWords(details) } };
    },
  );
  return {
    ...outcome,
    warnings: engine.told.map((line) => line.replace("warning : ", "")),
    requests: requestsTo(service),
  };
}

describe("a function of the plugin is the one of the package", function () {
  this.timeout(20_000);

  for (const name of ["getBackups", "getBackup"] as const) {
    for (const one of name === "getBackups" ? lists : finds) {
      it(`${name}: ${one.what}`, async () => {
        const service = await serve({ backups: some, ...one.service });

        const expected = await inProcess(service, name, one);
        const given = await overThePlugin(service, name, one);

        assert.deepEqual(given, expected);
        assert.equal(given.failure?.code, one.fails && statusOf[one.fails]);
      });
    }
  }

  it("in at least thirty calls, of which each class of errors is one", () => {
    const all = [...lists, ...finds];

    assert.ok(all.length >= 30);
    assert.deepEqual(
      new Set(all.map(({ fails }) => fails).filter((fails) => fails !== undefined)),
      new Set(Object.keys(statusOf)),
    );
  });
});

describe("a function of the plugin", () => {
  const creating = recent({ Status: "Creating" });

  it("waits for nothing in a preview, and says so", async () => {
    const service = await serve({ backups: [creating] });
    const engine = await startEngine();
    const plugin = await startPlugin(engine.address);
    await plugin.configureForProgram(configOf(service));
    const args = { serviceInstanceId: "si-1", maxAge: "24h", waitTimeout: "10m" };

    const result = await plugin.invoke(tokens.getBackup, args, true);

    const { backupId, status, qualifies } = result;
    assert.deepEqual(
      { backupId, status, qualifies },
      {
        backupId: "backup-1",
        status: "Creating",
        qualifies: false,
      },
    );
    assert.deepEqual(engine.told, [
      "warning : No backup qualifies yet: backup-1 is Creating. An update would wait for it, up " +
        "to 10m.",
    ]);
  });

  it("fails in a preview as in an update when there is nothing to wait for", async () => {
    const service = await serve();
    const plugin = await pluginFor(service);

    const refusal = await refusalOf(
      plugin.invoke(tokens.getBackup, { serviceInstanceId: "si-1" }, true),
    );

    assert.equal(refusal.code, "NOT_FOUND");
  });

  it("makes each part of its result a secret when an argument is one", async () => {
    const service = await serve({ backups: some });
    const plugin = await pluginFor(service);

    const open = await plugin.invoke(tokens.getBackup, { backupId: "backup-1" });
    const hidden = await plugin.invoke(tokens.getBackup, { backupId: secret("backup-1") });
    const list = await plugin.invoke(tokens.getBackups, {
      filters: [{ name: "BackupId", values: [secret("backup-1")] }],
    });

    assert.deepEqual(
      hidden,
      Object.fromEntries(Object.entries(open).map(([key, value]) => [key, secret(value)])),
    );
    assert.deepEqual(list["ids"], secret(["backup-1"]));
  });

  it("keeps secret arguments out of what it says", async () => {
    const service = await serve({ backups: some });
    const plugin = await pluginFor(service);
    const { secretKey } = planted;

    const wrong = await refusalOf(
      plugin.invoke(tokens.getBackups, { maxAge: secret(secretKey), status: secret(secretKey) }),
    );
    const missing = await refusalOf(
      plugin.invoke(tokens.getBackup, { serviceInstanceId: secret(secretKey) }),
    );

    assert.equal(wrong.code, "INVALID_ARGUMENT");
    assert.ok(!wrong.details.includes(secretKey), wrong.details);
    assert.match(wrong.details, /^getBackups was given invalid arguments: status is a secret/);
    assert.match(missing.details, /^No backup of the service instance qualifies /);
    assert.ok(!missing.details.includes(secretKey), missing.details);
  });

  it("is told from one that there is not", async () => {
    const plugin = await startPlugin();

    assert.deepEqual(await refusalOf(plugin.invoke("computenest:index:getBackupz", {})), {
      code: "INVALID_ARGUMENT",
      details:
        "computenest was given an invalid argument: computenest:index:getBackupz is no function " +
        "of this package (it has computenest:index:getBackups, computenest:index:getBackup).",
    });
  });

  it("takes what the environment says where there is no configuration", async () => {
    const service = await serve({ backups: some });
    process.env["ALICLOUD_ACCESS_KEY"] = service.accessKeyId;
    process.env["ALICLOUD_SECRET_KEY"] = service.accessKeySecret;
    process.env["COMPUTENEST_ENDPOINT"] = service.url;
    const plugin = await startPlugin();

    const { backupId } = await plugin.invoke(tokens.getBackup, { backupId: "backup-1" });

    assert.equal(backupId, "backup-1");
  });

  it("answers many calls at once, each its own", async () => {
    const service = await serve({ backups: wireRows(20), latencyMs: 20 });
    const plugin = await pluginFor(service);
    const ids = service.backups.map(({ BackupId }) => BackupId);

    const results = await Promise.all(
      ids.map((id) => plugin.invoke(tokens.getBackups, { ids: [id] })),
    );

    assert.deepEqual(
      results.map((result) => result["ids"]),
      ids.map((id) => [id]),
    );
  });

  it("asks for ten at a time where many are asked for at once", async () => {
    const ids = instances(200);
    const service = await serve({ backups: backupsOf(ids, 2), latencyMs: 20 });
    const plugin = await pluginFor(service);

    const lists = await Promise.all(
      ids.map((serviceInstanceId) => plugin.invoke(tokens.getBackups, { serviceInstanceId })),
    );
    const listRequests = service.requests.length;
    const gates = await Promise.all(
      ids.map((serviceInstanceId) =>
        plugin.invoke(tokens.getBackup, { serviceInstanceId, maxAge: "24h" }),
      ),
    );

    assert.deepEqual(
      lists.map((list) => list["ids"]),
      ids.map((id) => [`a-of-${id}`, `b-of-${id}`]),
    );
    assert.deepEqual(
      gates.map(({ backupId }) => backupId),
      ids.map((id) => `a-of-${id}`),
    );
    // On a busy machine, a call may come too late for the request that it would fill.
    for (const count of [listRequests, service.requests.length - listRequests]) {
      assert.ok(count >= 20 && count <= 30, `${count} requests`);
    }
  });

  it("does not answer a call from a read that was under way before", async () => {
    const service = await serve({ backups: wireRows(1), latencyMs: 100 });
    const plugin = await pluginFor(service);

    const first = plugin.invoke(tokens.getBackups, {});
    await requestsCome(service, 1);
    await plugin.invoke(tokens.getBackups, {});
    await first;

    assert.equal(service.requests.length, 2);
  });

  it("gives a list of thousands", async () => {
    const service = await serve({ backups: wireRows(20_000) });
    const plugin = await pluginFor(service);

    const { ids } = await plugin.invoke(tokens.getBackups, {});

    assert.equal((ids as string[]).length, 20_000);
  }).timeout(60_000);
});
