// The package's classes, and calls that go through its plugin, in TypeScript programs.

import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import {
  BackupGate,
  getBackup,
  getBackupOutput,
  getBackups,
  getBackupsOutput,
  Provider,
} from "../../provider";
import { callEngine } from "../../provider/program/engineCall";
import { getBackupsLookup } from "../../provider/lookups";
import { startSimulator, type Simulator } from "../../simulator";
import { wireRow } from "../support/backups";
import { failureOf, inlineStack, simulatorConfig, type TestStack } from "./support/stacks";

const recently = () => new Date(Date.now() - 3_600_000).toISOString().replace(/\.\d+/, "");
const backup = (BackupId: string) => wireRow({ BackupId, StartTime: recently() });

class Group extends pulumi.ComponentResource {
  constructor(name: string, opts: pulumi.ComponentResourceOptions) {
    super("test:index:Group", name, {}, opts);
  }
}

describe("an explicit provider on the real engine", function () {
  this.timeout(120_000);
  let first: Simulator;
  let second: Simulator;
  let test: TestStack;
  let program: () => object | Promise<object> = () => ({});

  const settingsOf = ({ url, accessKeyId, accessKeySecret }: Simulator) => ({
    endpoint: url,
    region: "cn-hangzhou",
    accessKey: accessKeyId,
    secretKey: accessKeySecret,
  });

  before(async () => {
    first = await startSimulator({ backups: [backup("of-first")] });
    second = await startSimulator({
      backups: [backup("of-second")],
      accessKeyId: "LTAI5tSecondSimulatorKey",
      accessKeySecret: "secretOfTheSecondSimulator0000",
    });
    test = await inlineStack(() => program(), simulatorConfig(first));
  });
  after(async () => {
    await test[Symbol.asyncDispose]();
    await Promise.all([first.close(), second.close()]);
  });

  it("asks as another account, with all its settings, and keeps the keys out of the state", async () => {
    program = async () => {
      const provider = new Provider("other", settingsOf(second));
      const group = new Group("group", { providers: [provider] });
      const gate = new BackupGate(
        "gate",
        { serviceInstanceId: "si-1", maxAge: "24h" },
        { provider },
      );
      return {
        here: (await getBackups({})).ids,
        there: (await getBackups({}, { provider })).ids,
        inGroup: getBackupsOutput({}, { parent: group }).ids,
        found: getBackupOutput({ serviceInstanceId: gate.backup.serviceInstanceId }, { provider })
          .backupId,
        gate: gate.backupId,
      };
    };

    const { outputs } = await test.stack.up();

    assert.deepEqual(
      Object.fromEntries(Object.entries(outputs).map(([k, o]) => [k, o.value as unknown])),
      {
        here: ["of-first"],
        there: ["of-second"],
        inGroup: ["of-second"],
        found: "of-second",
        gate: "of-second",
      },
    );
    const { deployment } = (await test.stack.exportStack()) as { deployment: unknown };
    // An export shows secrets in plain, inside of what marks them as such.
    const state = JSON.stringify(deployment, (_, value: unknown) =>
      typeof value === "object" && value !== null && "plaintext" in value ? "secret" : value,
    );
    assert.match(state, /"accessKey":"secret"/);
    assert.equal(state.includes("secretOfTheSecondSimulator0000"), false);
    assert.equal(state.includes("LTAI5tSecondSimulatorKey"), false);
    const { changeSummary } = await test.stack.preview();
    assert.deepEqual(Object.keys(changeSummary), ["same"]);
  });

  it("takes over what is left out from alicloud:*, and replaces no gate for it", async () => {
    program = () => {
      const provider = new Provider("other", { endpoint: first.url });
      const gate = new BackupGate(
        "gate",
        { serviceInstanceId: "si-1", maxAge: "24h" },
        { provider },
      );
      return { gate: gate.backupId };
    };

    const { outputs, summary } = await test.stack.up();

    assert.equal(summary.resourceChanges?.replace, undefined);
    assert.equal(outputs["gate"]?.value, "of-second");
    await test.stack.destroy();
  });

  it("is not known before its configuration is: unknown as an output, an error in plain", async () => {
    program = () => {
      const late = new pulumi.Stash("late", { input: second.url });
      const endpoint = late.id.apply(() => second.url);
      const provider = new Provider("late", { ...settingsOf(second), endpoint });
      return { ids: getBackupsOutput({}, { provider }).ids };
    };
    second.clearRequests();

    await test.stack.preview();
    assert.equal(second.requests.length, 0);
    const { outputs } = await test.stack.up();
    assert.deepEqual(outputs["ids"]?.value, ["of-second"]);
    await test.stack.destroy();

    program = async () => {
      const late = new pulumi.Stash("late", { input: second.url });
      const endpoint = late.id.apply(() => second.url);
      const provider = new Provider("late", { ...settingsOf(second), endpoint });
      return { ids: (await getBackups({}, { provider })).ids };
    };
    const failure = await failureOf(test.stack.preview());
    assert.match(
      failure,
      /error: The provider that getBackups was given is not configured yet: its configuration depends on a resource that does not exist\. Use getBackupsOutput, whose result may be unknown in a preview\.\n/,
    );
    assert.doesNotMatch(failure, /^\s+at /m);
  });

  it("fails with the plugin's message alone", async () => {
    program = async () => {
      const provider = new Provider("other", settingsOf(second));
      return { id: (await getBackup({ backupId: "none" }, { provider })).backupId };
    };

    const failure = await failureOf(test.stack.preview());

    assert.match(
      failure,
      new RegExp(
        "error: Backup none does not qualify \\(Created\\)\\. There is none of this id: it was " +
          "deleted, or the id is wrong, or it is on the other site \\(region ap-southeast-1\\)\\. " +
          `Asked ${second.host} as LTAI…Key \\(the provider's configuration\\)\\.\n`,
      ),
    );
    assert.doesNotMatch(failure, /^\s+at /m);
  });

  it("shows no secret argument when it fails", async () => {
    program = () => {
      const provider = new Provider("other", settingsOf(second));
      const args = { backupId: pulumi.secret("backup-top-secret"), pollInterval: undefined };
      return { id: getBackupOutput(args, { provider }).backupId };
    };

    const failure = await failureOf(test.stack.preview());

    assert.match(
      failure,
      /error: Backup \*\*\* does not qualify \(Created\)\. There is none of this id/,
    );
    assert.equal(failure.includes("backup-top-secret"), false);
  });

  it("gives what is still being made as unknown in a preview", async () => {
    second.setBackups([{ ...backup("of-second"), Status: "Creating", EndTime: null }]);
    const seen: string[] = [];
    program = () => {
      const provider = new Provider("other", settingsOf(second));
      const args = { serviceInstanceId: "si-1", waitTimeout: "1m" };
      const { backupId } = getBackupOutput(args, { provider });
      return { id: backupId.apply((id) => void seen.push(id)) };
    };

    await test.stack.preview();

    second.setBackups([backup("of-second")]);
    assert.deepEqual(seen, []);
  });

  it("is not trusted with an answer that lacks what every answer has", async () => {
    const called = { ...getBackupsLookup, requiredField: "x" as "ids" };
    program = () =>
      callEngine(called, {}, { provider: new Provider("p", settingsOf(second)) }, "plain");

    assert.match(
      await failureOf(test.stack.up()),
      /error: The provider answered getBackups without x\.\n/,
    );
  });

  it("is needed by a BackupGate where only alicloud:* says who asks", async () => {
    program = () => {
      new BackupGate("gate", { serviceInstanceId: "si-1", maxAge: "24h" });
      return {};
    };

    assert.match(
      await failureOf(test.stack.preview()),
      /error: BackupGate gate would ask as somebody else: the plugin sees stack config computenest:\*, but credentials and region of this stack are in alicloud:\*\. Give it a provider \(new Provider\(\.\.\.\) of pulumi-computenest takes them over\), or set computenest:\* as well\.\n/,
    );
  });
});
