import assert from "node:assert/strict";
import { chmod, mkdir, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { warnOfOpenFiles } from "../../provider/client/credentialFiles";
import { getBackups } from "../../provider";
import { emptyHome, temporaryFile, temporaryFolder } from "../support/folder";
import { serve } from "../support/service";
import { collectWarnings } from "../support/warnings";

const profileIn = (file: string) => ({ kind: "profile", name: "ops", file }) as const;
const chain = { kind: "chain" } as const;

/** What is warned of where keys are looked for. */
function warnings(...[base, platform]: [Parameters<typeof warnOfOpenFiles>[0], NodeJS.Platform?]) {
  const told: string[] = [];
  warnOfOpenFiles(base, (message) => told.push(message), platform);
  return told;
}

const warning = (file: string, mode: string, shown = file) =>
  `The file ${file} holds credentials that others than its owner can read (mode ${mode}). ` +
  `Keep it to its owner: chmod 600 ${shown}`;

async function fileWith(mode: number): Promise<string> {
  const file = await temporaryFile("{}");
  await chmod(file, mode);
  return file;
}

async function write(file: string): Promise<string> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, "{}", { mode: 0o644 });
  return file;
}

/** Windows has no modes that could be set here. */
const describeModes = process.platform === "win32" ? describe.skip : describe;

describeModes("warnOfOpenFiles", () => {
  for (const mode of [0o644, 0o640, 0o604, 0o664]) {
    it(`warns of mode ${mode.toString(8)}, once`, async () => {
      const file = await fileWith(mode);

      assert.deepEqual(warnings(profileIn(file)), [warning(file, mode.toString(8))]);
      assert.deepEqual(warnings(profileIn(file)), []);
    });
  }

  for (const mode of [0o600, 0o400, 0o620]) {
    it(`has nothing against mode ${mode.toString(8)}`, async () => {
      assert.deepEqual(warnings(profileIn(await fileWith(mode))), []);
    });
  }

  it("knows that modes mean nothing on Windows", async () => {
    assert.deepEqual(warnings(profileIn(await fileWith(0o644)), "win32"), []);
  });

  it("leaves a file that is not there to whoever reads it", () => {
    assert.deepEqual(warnings(profileIn("/no/such/file")), []);
  });

  it("writes the command so that a shell takes it", async () => {
    const file = await fileWith(0o644);
    const odd = join(dirname(file), "it's mine");
    await rename(file, odd);

    const shown = `'${odd.replace("'", "'\\''")}'`;
    assert.deepEqual(warnings(profileIn(odd)), [warning(odd, "644", shown)]);
  });

  it("looks at both files of the chain", async () => {
    const home = await emptyHome();
    const cli = await write(join(home, ".aliyun", "config.json"));
    const ini = await write(join(home, ".alibabacloud", "credentials"));

    assert.deepEqual(warnings(chain), [warning(cli, "644"), warning(ini, "644")]);
  });

  it("looks at the ini file that the environment names instead", async () => {
    const home = await emptyHome();
    await write(join(home, ".alibabacloud", "credentials"));
    const ini = await write(join(await temporaryFolder(), "keys.ini"));
    process.env["ALIBABA_CLOUD_CREDENTIALS_FILE"] = ini;

    assert.deepEqual(warnings(chain), [warning(ini, "644")]);
  });

  it("looks at no file where none is asked for", async () => {
    const home = await emptyHome();
    await write(join(home, ".aliyun", "config.json"));

    assert.deepEqual(warnings({ kind: "ecsRole", roleName: "reader" }), []);
  });
});

describeModes("a call with keys of a file that others may read", () => {
  it("warns, and goes on", async () => {
    const { settings, accessKeyId, accessKeySecret } = await serve();
    const profile = {
      name: "ops",
      mode: "AK",
      access_key_id: accessKeyId,
      access_key_secret: accessKeySecret,
    };
    const file = await temporaryFile(JSON.stringify({ current: "ops", profiles: [profile] }));
    await chmod(file, 0o644);
    const told = collectWarnings();
    const { region, endpoint } = settings;

    await getBackups({}, { settings: { region, endpoint, sharedCredentialsFile: file } });
    await getBackups({}, { settings: { region, endpoint, sharedCredentialsFile: file } });

    assert.deepEqual(told, [`computenest: ${warning(file, "644")}`]);
  });
});
