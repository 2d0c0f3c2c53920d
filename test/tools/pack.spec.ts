import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, readdir, rm, stat, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { promisify } from "node:util";
import { packPlugin } from "../../tools/pack/main";
import { wireRow } from "../support/backups";
import { configOf, pluginAt, refusalOf, type Plugin, type Values } from "../support/plugin";
import { serve } from "../support/service";
import { temporaryFile } from "../support/folder";

const repository = resolve(__dirname, "..", "..");
const launcher = "pulumi-resource-computenest";
const getBackups = "computenest:index:getBackups";
const execute = promisify(execFile);

/** Starts the plugin, waits for its port, and ends it as the engine does. */
async function portOf(program: string): Promise<string> {
  const plugin = spawn(program, [], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(plugin, "close");
  try {
    const [printed] = (await once(plugin.stdout, "data")) as [Buffer];
    return printed.toString();
  } finally {
    plugin.kill("SIGINT");
    await ended;
  }
}

describe("npm run pack:plugin", function () {
  this.timeout(60_000);
  let folder: string;
  let unpacked: string;
  let tarball: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "computenest-pack-"));
    tarball = await packPlugin(folder);
    unpacked = join(folder, "unpacked");
    await mkdir(unpacked);
    await execute("tar", ["-xzf", tarball, "-C", unpacked]);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it("packs the plugin in a few files of code, and what it reads", async () => {
    assert.deepEqual((await readdir(unpacked)).toSorted(), [
      "LICENSE",
      "LICENSES-OF-LIBRARIES.txt",
      "allOfUndici.js",
      "configuration.js",
      "core.js",
      "errors.js",
      "main.js",
      "openApiTransport.js",
      "package.json",
      "providerOf.js",
      launcher,
      `${launcher}.cmd`,
      "schema.json",
      "transport.js",
    ]);
    const { mode } = await stat(join(unpacked, launcher));
    assert.equal((mode & 0o111).toString(8), "111");
  });

  it("gives the same bytes each time", async () => {
    const again = await packPlugin(join(folder, "again"));

    assert.ok((await readFile(again)).equals(await readFile(tarball)));
  });

  it("names no folder of this machine", async () => {
    const files = (await readdir(unpacked)).filter((name) => name.endsWith(".js"));
    for (const name of files) {
      const code = await readFile(join(unpacked, name), "utf8");
      assert.ok(!code.includes(repository), name);
    }
  });

  it("tells the terms of every library it holds", async () => {
    const terms = await readFile(join(unpacked, "LICENSES-OF-LIBRARIES.txt"), "utf8");

    for (const library of ["@grpc/grpc-js", "@alicloud/credentials", "undici", "zod"]) {
      assert.match(terms, new RegExp(`^${library} \\d+\\.\\d+\\.\\d+ \\(`, "m"));
    }
  });

  it("needs no npm package to start", async () => {
    assert.match(await portOf(join(unpacked, launcher)), /^\d+\n$/);
  });

  it("keeps what is needed later out of the file that is read first", async () => {
    const first = await readFile(join(unpacked, "main.js"), "utf8");
    const later = await readFile(join(unpacked, "core.js"), "utf8");

    for (const library of ["undici", "x-acs-signature-nonce", "ZodOptional"]) {
      assert.ok(!first.includes(library), library);
      assert.ok(later.includes(library), library);
    }
  });

  /** Has the packed plugin running, configured so, for as long as some work takes. */
  async function withPacked<T>(
    configuration: Values,
    environment: NodeJS.ProcessEnv,
    work: (plugin: Plugin) => Promise<T>,
  ): Promise<T> {
    const env = { ...process.env, ...environment };
    const child = spawn(join(unpacked, launcher), [], {
      stdio: ["ignore", "pipe", "inherit"],
      env,
    });
    const ended = once(child, "close");
    try {
      const [port] = (await once(child.stdout, "data")) as [Buffer];
      const plugin = pluginAt(Number(port.toString()));
      await plugin.configure(configuration);
      return await work(plugin);
    } finally {
      child.kill("SIGINT");
      await ended;
    }
  }

  it("knows its errors in every file: each has its status", async () => {
    const keys = {
      region: "cn-hangzhou",
      accessKey: "key",
      secretKey: "secret",
      maxRetryTimeout: 1,
    };
    const refusal = (plugin: Plugin) => refusalOf(plugin.invoke(getBackups, {}));
    const withProxy = { HTTPS_PROXY: "http://127.0.0.1:1", NO_PROXY: "" };
    const other = { ...keys, transport: "openapi-client", endpoint: "http://127.0.0.1:1" };
    const fetched = { region: "cn-hangzhou", sharedCredentialsFile: "/no/such/file" };

    const refusals = await Promise.all([
      refusalOf(withPacked({ protocol: "FTP" }, {}, () => Promise.resolve())),
      withPacked(keys, {}, (plugin) => refusalOf(plugin.invoke(getBackups, { limit: 0 }))),
      withPacked(keys, withProxy, refusal),
      withPacked(other, {}, refusal),
      withPacked(fetched, {}, refusal),
    ]);

    assert.deepEqual(
      refusals.map(({ code }) => code),
      [
        "FAILED_PRECONDITION",
        "INVALID_ARGUMENT",
        "UNAVAILABLE",
        "UNAVAILABLE",
        "FAILED_PRECONDITION",
      ],
    );
    const [, , proxied, connecting, reading] = refusals.map(({ details }) => details);
    assert.match(proxied!, /the proxy 127\.0\.0\.1:1 \(HTTPS_PROXY\) opened no way/);
    assert.match(connecting!, /connect ECONNREFUSED 127\.0\.0\.1:1/);
    assert.match(reading!, /\/no\/such\/file cannot be read \(ENOENT\)/);
  });

  it("lists past a proxy, through Alibaba Cloud's own HTTP stack, and with keys of a file", async () => {
    const service = await serve({ backups: [wireRow()] });
    const { endpoint, region, accessKey, secretKey } = service.settings;
    const keys = { mode: "AK", access_key_id: accessKey, access_key_secret: secretKey };
    const file = await temporaryFile(
      JSON.stringify({ current: "own", profiles: [{ name: "own", ...keys }] }),
    );
    const ids = (plugin: Plugin) => plugin.invoke(getBackups, {}).then((result) => result["ids"]);

    const found = await Promise.all([
      withPacked(configOf(service, { transport: "openapi-client" }), {}, ids),
      withPacked({ endpoint, region, profile: "own", sharedCredentialsFile: file }, {}, ids),
      withPacked(
        configOf(service),
        { HTTPS_PROXY: "http://127.0.0.1:1", NO_PROXY: "127.0.0.1" },
        ids,
      ),
    ]);

    assert.deepEqual(found, [["backup-1"], ["backup-1"], ["backup-1"]]);
  });
});

describe("plugin/pulumi-resource-computenest", function () {
  this.timeout(20_000);
  const file = join(repository, "plugin", launcher);
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "computenest-launcher-"));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it("starts the plugin", async () => {
    assert.match(await portOf(file), /^\d+\n$/);
  });

  it("starts it through a link to a link, whose target is relative", async () => {
    await symlink(relative(folder, file), join(folder, "first"));
    await symlink("first", join(folder, "second link"));

    assert.match(await portOf(join(folder, "second link")), /^\d+\n$/);
  });

  it("says that Node is missing", async () => {
    for (const name of ["dirname", "readlink"]) {
      const { stdout } = await execute("sh", ["-c", `command -v ${name}`]);
      await symlink(stdout.trim(), join(folder, name));
    }

    const failure = execute("/bin/sh", [file], { env: { PATH: folder } });

    await assert.rejects(failure, {
      code: 1,
      stderr: `${launcher} needs Node.js 20.19 or newer, and there is no node on PATH.\n`,
    });
  });
});
