import assert from "node:assert/strict";
import { wireRow } from "../support/backups";
import { sendJson, serveScript } from "../support/scriptedServer";
import { serve } from "../support/service";
import { ago } from "./ago";
import { assertBuilt, run } from "./command";

const backups = () => [
  wireRow({ BackupId: "backup-1", StartTime: ago(2.1), EndTime: ago(2), CreateTime: ago(2.1) }),
  wireRow({ BackupId: "backup-2", ServiceInstanceId: "si-2", StartTime: ago(31.1) }),
];

const ofOne = ["check", "--service-instance", "si-1", "--max-age", "24h"];

describe("computenest-backups check", function () {
  this.timeout(120_000);
  before(assertBuilt);

  it("ends with 0 and the backup that qualifies", async () => {
    const rows = backups();
    const service = await serve({ backups: rows });

    const result = await run(ofOne, service);

    assert.deepEqual(result, {
      exitCode: 0,
      stdout: `si-1: backup-1 Created, started ${rows[0]!.StartTime!} (2h ago), expires never\n`,
      stderr: "",
    });
  });

  it("prints a list of one for each service instance as JSON", async () => {
    const service = await serve({ backups: backups() });

    const both = ["check", "--service-instance", "si-1", "si-2", "--json"];
    const { exitCode, stdout } = await run(both, service);

    const found = JSON.parse(stdout) as { backupId: string; qualifies: boolean }[];
    assert.equal(exitCode, 0);
    assert.deepEqual(
      found.map(({ backupId, qualifies }) => [backupId, qualifies]),
      [
        ["backup-1", true],
        ["backup-2", true],
      ],
    );
  });

  it("ends with 1 and the reason when none qualifies, in JSON without a word", async () => {
    const service = await serve({ backups: backups() });
    const flags = ["check", "--service-instance", "si-2", "--max-age", "24h", "--json"];

    const { exitCode, stdout, stderr } = await run(flags, service);

    assert.deepEqual([exitCode, stdout], [1, ""]);
    assert.equal(
      stderr,
      "computenest-backups: No backup of si-2 qualifies (Created, started within 24h). Seen 1: " +
        "backup-2 Created, 31h old: 7h too old. " +
        `Asked ${service.host} as ${service.accessKeyId.slice(0, 4)}…` +
        `${service.accessKeyId.slice(-3)} (environment).\n`,
    );
  });

  it("wants a backup of every service instance", async () => {
    const service = await serve({ backups: backups() });
    const flags = [...ofOne, "--service-instance", "si-2"];

    const { exitCode, stdout, stderr } = await run(flags, service);

    assert.equal(exitCode, 1);
    assert.match(stdout, /^si-1: backup-1 Created, .*\n$/);
    assert.match(stderr, /^computenest-backups: No backup of si-2 qualifies .*\n$/);
  });

  it("ends with 1 when the wait was in vain", async () => {
    const creating = wireRow({ Status: "Creating", StartTime: ago(0.1), EndTime: null });
    const service = await serve({ backups: [creating] });

    const { exitCode, stdout, stderr } = await run(
      [...ofOne, "--wait-timeout", "2s", "--poll-interval", "1s"],
      service,
    );

    assert.deepEqual([exitCode, stdout], [1, ""]);
    assert.match(stderr, /^computenest-backups: No backup of si-1 qualifies .*waited 2s/i);
  });

  it("passes every condition on", async () => {
    const service = await serve({ backups: backups() });
    const flags = [
      ...["check", "--backup", "backup-1", "--min-retention", "3d", "--mode", "Manual"],
      ...["--restore-tested-within", "7d", "--region", "cn-hangzhou"],
    ];

    const { exitCode, stderr } = await run(flags, service);

    assert.equal(exitCode, 1);
    assert.match(
      stderr,
      /^computenest-backups: Backup backup-1 does not qualify \(Created, mode Manual, .*3d.*restore.*7d/,
    );
  });

  const wrong: readonly [string, readonly string[], NodeJS.ProcessEnv, RegExp][] = [
    [
      "nothing to look for",
      ["check"],
      {},
      /^computenest-backups: --service-instance is missing, and so is --backup: say what has to have a backup\.\n$/,
    ],
    [
      "a backup of several service instances",
      ["check", "--service-instance", "a", "b", "--backup", "c"],
      {},
      /^computenest-backups: --backup is of one service instance \(give one --service-instance\)\.\n$/,
    ],
    [
      "arguments that are not valid, once",
      ["check", "--service-instance", "a", "b", "--max-age", "1x"],
      {},
      /^computenest-backups: --max-age is '1x', expected a duration such as 90m, 24h, 7d or P1DT12H\.\n$/,
    ],
    [
      "a flag there is not",
      ["check", "--max-ege", "1d"],
      {},
      /^computenest-backups: unknown option '--max-ege'\n\(Did you mean --max-age\?\)\n\(see --help\)\n$/,
    ],
    [
      "a command there is not",
      ["chek"],
      {},
      /^computenest-backups: unknown command 'chek'\n\(Did you mean check\?\)\n\(see --help\)\n$/,
    ],
    [
      "half a pair of keys",
      ofOne,
      { ALICLOUD_SECRET_KEY: "" },
      /^computenest-backups: .*ALICLOUD_ACCESS_KEY.*\n$/,
    ],
    [
      "an address that is not safe",
      [...ofOne, "--endpoint", "http://203.0.113.1"],
      {},
      /^computenest-backups: .*endpoint.*\n$/i,
    ],
    [
      "a profile there is not",
      [...ofOne, "--profile", "absent"],
      {},
      /^computenest-backups: The credentials file .*config\.json cannot be read \(ENOENT\)\.\n$/,
    ],
  ];
  for (const [what, args, env, message] of wrong) {
    it(`ends with 2 for ${what}`, async () => {
      const service = await serve({ backups: backups() });

      const { exitCode, stdout, stderr } = await run(args, service, env);

      assert.deepEqual([exitCode, stdout], [2, ""]);
      assert.match(stderr, message);
    });
  }

  it("ends with 3 when it is denied, the address answers nonsense, or nobody answers", async () => {
    const denying = await serve({ backups: backups(), deny: ["ListBackups"] });
    const broken = await serveScript((_, response) => {
      sendJson(response, { Hello: "World" });
    });

    const results = await Promise.all([
      run(ofOne, denying),
      run(ofOne, denying, { COMPUTENEST_ENDPOINT: broken.url }),
      run(ofOne, denying, { COMPUTENEST_ENDPOINT: "http://127.0.0.1:9" }),
    ]);

    for (const { exitCode, stdout, stderr } of results) {
      assert.deepEqual([exitCode, stdout], [3, ""]);
      assert.match(stderr, /^computenest-backups: [^\n]+\n$/);
    }
    assert.match(results[0].stderr, /computenest:ListBackups/);
  });

  it("lets what is certain go before what is not known", async () => {
    const service = await serve({ backups: backups(), deny: ["ListRestoreTasks"] });
    const flags = ["check", "--service-instance", "si-1", "si-3", "--restore-tested-within", "7d"];

    const { exitCode, stderr } = await run(flags, service);

    assert.equal(exitCode, 1);
    assert.equal(stderr.trimEnd().split("\n").length, 2);
  });
});
