import assert from "node:assert/strict";
import { once } from "node:events";
import { chmod, mkdir, readdir, readFile, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import {
  EngineError,
  engineEnvironment,
  findEngine,
  getEngine,
  type Engine,
  type GetOptions,
} from "../../tools/engine/engine";
import { isUsable, pinnedVersion } from "../../tools/engine/pulumiCli";
import { installRelease } from "../../tools/engine/release";
import {
  appearance,
  countBuilds,
  createSandbox,
  installsRelease,
  neverAnswers,
  refuses,
  removeSandbox,
  startCli,
  survivors,
  withFetch,
  writeGo,
  writeProgram,
  writePulumi,
  writeRelease,
  type Sandbox,
} from "./fakePrograms";

describe("tools/engine", function () {
  this.timeout(60_000);

  let sandbox: Sandbox;
  let lines: string[];
  const linked = new Set<string>();

  beforeEach(async () => {
    sandbox = await createSandbox();
    lines = [];
  });

  afterEach(async () => {
    await removeSandbox(sandbox);
    // Roots with the stand-in lie in this clone's node_modules, where the fakes must not stay.
    for (const root of linked) await rm(root, { recursive: true, force: true });
    linked.clear();
  });

  async function find(settings: NodeJS.ProcessEnv = {}): Promise<Engine | undefined> {
    const engine = await findEngine({ environment: { ...sandbox.environment, ...settings } });
    return noted(engine);
  }

  async function get(settings: Partial<GetOptions> = {}): Promise<Engine> {
    const report = (line: string) => lines.push(line);
    return noted(await getEngine({ environment: sandbox.environment, report, ...settings }));
  }

  function noted<Found extends Engine | undefined>(engine: Found): Found {
    if (engine?.standInHost) linked.add(engine.root);
    return engine;
  }

  async function failure(attempt: Promise<unknown>): Promise<string> {
    const error: unknown = await attempt.then(
      () => assert.fail("it succeeded"),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof EngineError, String(error));
    return error.message.replaceAll(sandbox.directory, "<sandbox>");
  }

  describe("finding", () => {
    it("prefers the root PULUMI_ROOT names to everything else", async () => {
      const root = join(sandbox.directory, "mine");
      await writeRelease(root, "3.206.0");
      await writeRelease(dirname(sandbox.path), "3.260.0");
      assert.deepEqual(await find({ PULUMI_ROOT: root }), {
        root,
        version: "3.206.0",
        origin: "explicit",
        standInHost: false,
      });
    });

    it("takes a wrong PULUMI_ROOT for an error, though PATH has a good one", async () => {
      await writeRelease(dirname(sandbox.path));
      const root = join(sandbox.directory, "mine");
      assert.equal(
        await failure(find({ PULUMI_ROOT: root })),
        "PULUMI_ROOT is <sandbox>/mine, but <sandbox>/mine/bin/pulumi is no executable file. " +
          "Let it name the directory that holds bin/pulumi, or unset it.",
      );
      await writeRelease(root, "3.205.9");
      assert.equal(
        await failure(get({ environment: { ...sandbox.environment, PULUMI_ROOT: root } })),
        "PULUMI_ROOT is <sandbox>/mine, but <sandbox>/mine/bin/pulumi is Pulumi 3.205.9; 3.x from " +
          "3.206.0 on is needed. Let it name the directory that holds bin/pulumi, or unset it.",
      );
    });

    it("prefers PATH to what was kept", async () => {
      await writeRelease(dirname(sandbox.path), "3.300.1-alpha.2");
      await writeRelease(sandbox.kept);
      assert.deepEqual(await find(), {
        root: dirname(sandbox.path),
        version: "3.300.1-alpha.2",
        origin: "path",
        standInHost: false,
      });
    });

    it("follows a link on PATH to a directory called bin", async () => {
      const root = join(sandbox.directory, "real");
      const links = join(sandbox.directory, "links");
      await writeRelease(root);
      await mkdir(links);
      await symlink(join(root, "bin", "pulumi"), join(links, "pulumi"));
      assert.equal((await find({ PATH: links }))?.root, root);
    });

    it("looks on along PATH, and then at what was kept", async () => {
      const old = join(sandbox.directory, "old", "bin");
      const npm = join(sandbox.directory, "node_modules", ".bin");
      await writePulumi(join(old, "pulumi"), "3.100.0");
      await writeProgram(join(npm, "pulumi"), "exit 1");
      const good = join(sandbox.directory, "good");
      await writeRelease(good);
      const PATH = [old, npm].join(delimiter);
      assert.equal((await find({ PATH: [PATH, join(good, "bin")].join(delimiter) }))?.root, good);
      await writeRelease(sandbox.kept);
      assert.equal((await find({ PATH }))?.origin, "cached");
    });

    it("takes what was kept only when complete and of the right version", async () => {
      assert.equal(await find(), undefined);
      await writeRelease(sandbox.kept, "3.258.0");
      assert.equal(await find(), undefined);
      await writeRelease(sandbox.kept);
      assert.equal((await find())?.origin, "cached");
      await rm(join(sandbox.kept, "bin", "pulumi-language-yaml"));
      assert.equal(await find(), undefined);
      await writePulumi(join(sandbox.kept, "bin", "pulumi-language-yaml"), "3.259.0");
      await rm(join(sandbox.kept, "bin", "pulumi-language-nodejs"));
      assert.equal(await find(), undefined, "neither a release nor, without sdkgen, a build");
      await writePulumi(join(sandbox.kept, "bin", "sdkgen"), "3.259.0");
      assert.equal((await find())?.standInHost, true);
    });

    it("knows which versions it can work with", () => {
      const versions = ["3.206.0", "3.259.0", "3.205.9", "2.300.0", "4.0.0", "3.206.0-alpha.1"];
      assert.deepEqual(versions.filter(isUsable), ["3.206.0", "3.259.0", "3.206.0-alpha.1"]);
    });

    it("downloads and builds the version that go.mod pins", async () => {
      const goMod = await readFile(join(__dirname, "../../tools/engine/go.mod"), "utf8");
      assert.match(
        goMod,
        new RegExp(`^require github.com/pulumi/pulumi/pkg/v3 v${pinnedVersion}$`, "m"),
      );
    });
  });

  describe("the language host", () => {
    it("is the CLI's own, beside it or on PATH", async () => {
      await writePulumi(join(sandbox.path, "pulumi"), "3.250.0");
      const hosts = join(sandbox.directory, "hosts");
      await writePulumi(join(hosts, "pulumi-language-nodejs"), "3.250.0");
      const engine = await find({ PATH: [sandbox.path, hosts].join(delimiter) });
      assert.equal(engine?.standInHost, false);
      assert.equal(engine.root, dirname(sandbox.path));
    });

    it("is the stand-in where there is none, linked beside the CLI in this clone", async () => {
      await writePulumi(join(sandbox.path, "pulumi"), "3.250.0");
      await writePulumi(join(sandbox.path, "unrelated"), "1.0.0");
      const engine = await get();
      assert.equal(engine.standInHost, true);
      assert.match(engine.root, /node_modules.\.cache.pulumi-computenest.engine.3\.250\.0-\w{8}$/);
      const bin = join(engine.root, "bin");
      assert.deepEqual(await readdir(bin), ["pulumi", "pulumi-language-nodejs"]);
      assert.equal(
        await readFile(join(bin, "pulumi"), "utf8"),
        "#!/bin/sh\nPATH=/usr/bin:/bin\necho v3.250.0\n",
      );
      assert.deepEqual(lines, [
        `Pulumi 3.250.0 found on PATH: ${dirname(sandbox.path)}.`,
        "It brings no language host for Node; the stand-in of tools/engine/standin is used.",
      ]);
    });

    it("is linked anew when the CLI was replaced", async () => {
      await writePulumi(join(sandbox.path, "pulumi"), "3.250.0");
      const first = await find();
      const command = join(sandbox.path, "pulumi");
      await rm(command);
      await writeProgram(command, "echo 3.250.0", "# another build of the same version");
      const second = await find();
      assert.equal(second?.root, first?.root);
      assert.match(await readFile(join(second!.root, "bin", "pulumi"), "utf8"), /another build/);
    });

    it("of an old CLI on PATH is not used for the CLI that was kept", async () => {
      await writeRelease(dirname(sandbox.path), "3.100.0");
      await writeRelease(sandbox.kept, "3.259.0", ["pulumi-language-nodejs"]);
      await writePulumi(join(sandbox.kept, "bin", "sdkgen"), "3.259.0");
      assert.equal((await find())?.standInHost, true);
    });
  });

  describe("the environment of a child process", () => {
    it("leads to the engine first and keeps it from the internet", () => {
      const engine: Engine = {
        root: "/e",
        version: "3.259.0",
        origin: "cached",
        standInHost: false,
      };
      assert.deepEqual(engineEnvironment(engine, { PATH: "/usr/bin", SECRET: "1" }), {
        PATH: [join("/e", "bin"), "/usr/bin"].join(delimiter),
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        PULUMI_DISABLE_REGISTRY_RESOLVE: "true",
      });
    });
  });

  describe("downloading", () => {
    const quiet = { report: () => undefined, signal: new AbortController().signal };

    it("installs the official release and keeps it", async () => {
      await writeGo(sandbox);
      const environment = await withFetch(sandbox, installsRelease);
      const engine = await get({ environment });
      const { kept } = sandbox;
      assert.deepEqual(engine, {
        root: kept,
        version: "3.259.0",
        origin: "release",
        standInHost: false,
      });
      assert.deepEqual(lines, [
        `No Pulumi CLI is here. PULUMI_ROOT: not set; PATH: no pulumi there; ${kept}: nothing there.`,
        "Downloading Pulumi 3.259.0 from get.pulumi.com.",
        `Pulumi 3.259.0 downloaded: ${kept}.`,
      ]);
      assert.equal(await countBuilds(sandbox), 0);
      assert.deepEqual(await readdir(dirname(kept)), ["3.259.0"]);
      assert.equal((await find())?.origin, "cached");
    });

    it("is given up when nobody answers", async () => {
      const environment = await withFetch(sandbox, neverAnswers);
      const limits = { contactMs: 300, stalledMs: 5_000 };
      const attempt = installRelease(sandbox.kept, { ...quiet, environment }, limits);
      assert.equal(await failure(attempt), "no contact with get.pulumi.com within 0.3 s");
      assert.deepEqual(await readdir(dirname(sandbox.kept)), []);
    });

    it("is given up when it stands still, and its script's children end with it", async () => {
      const pids = join(sandbox.directory, "pids");
      const environment = await withFetch(
        sandbox,
        `return new Response("PATH=/usr/bin:/bin; sleep 60 & echo $$ $! > ${pids}; sleep 60");`,
      );
      const limits = { contactMs: 5_000, stalledMs: 600 };
      const attempt = installRelease(sandbox.kept, { ...quiet, environment }, limits);
      assert.equal(await failure(attempt), "the download stood still for 0.6 s");
      assert.deepEqual(await readdir(dirname(sandbox.kept)), []);
      assert.deepEqual(await survivors(pids), []);
    });

    it("hands over to the build when there is no network", async () => {
      await writeGo(sandbox);
      const environment = await withFetch(sandbox, refuses);
      assert.equal((await get({ environment })).origin, "built");
      assert.equal(
        lines[2],
        "Official release: Failed to download https://get.pulumi.com/install.sh: fetch failed.",
      );
    });
  });

  describe("building", () => {
    it("tells what it does, how long that takes, and keeps the result", async () => {
      await writeGo(sandbox);
      const engine = await get();
      assert.equal(engine.origin, "built");
      assert.equal(engine.standInHost, true);
      const { kept } = sandbox;
      assert.deepEqual(lines, [
        `No Pulumi CLI is here. PULUMI_ROOT: not set; PATH: no pulumi there; ${kept}: nothing there.`,
        "Official release: switched off by COMPUTENEST_ENGINE_DOWNLOAD.",
        "Building Pulumi 3.259.0 with Go 1.26.8: about 10 minutes on 2 cores and 3 GB in Go's " +
          "caches, once. Later runs start at once.",
        `Pulumi 3.259.0 built: ${kept}.`,
        "It brings no language host for Node; the stand-in of tools/engine/standin is used.",
      ]);
      assert.equal((await get()).origin, "cached");
      assert.equal(await countBuilds(sandbox), 1);
    });

    it("shows in a terminal how far it has come", async () => {
      await writeGo(
        sandbox,
        "echo go: downloading a v1 >&2; echo a/b >&2; echo a/c >&2; sleep 1.2",
      );
      const moving: string[] = [];
      await get({ progress: (line) => moving.push(line) });
      assert.deepEqual(moving, [
        "Building Pulumi 3.259.0: compiled 2 of about 1730 packages, 1s",
        "",
      ]);
    });

    it("replaces what is incomplete", async () => {
      await writeRelease(sandbox.kept, "3.259.0", ["pulumi-language-yaml"]);
      await writeGo(sandbox);
      await get();
      assert.deepEqual(await readdir(join(sandbox.kept, "bin")), [
        "pulumi",
        "pulumi-language-yaml",
        "sdkgen",
      ]);
      assert.deepEqual(await readdir(dirname(sandbox.kept)), ["3.259.0"]);
    });

    it("that fails shows Go's last words in an error that tells of every way", async () => {
      await writeGo(
        sandbox,
        "echo go: downloading example.com/m v1.0.0 >&2; echo example.com/m/p >&2",
        "echo '# example.com/m/p' >&2; echo 'p.go:1:2: undefined: q' >&2; exit 1",
      );
      await writePulumi(join(sandbox.path, "pulumi"), "3.1.0");
      await writeRelease(sandbox.kept, "3.259.0", ["pulumi-language-yaml"]);
      const environment = await withFetch(sandbox, refuses);
      assert.equal(
        await failure(get({ environment })),
        `No Pulumi CLI could be found or made. In this order was tried:
  - PULUMI_ROOT: not set
  - PATH: <sandbox>/path/bin/pulumi is Pulumi 3.1.0; 3.x from 3.206.0 on is needed
  - <sandbox>/home/versions/3.259.0: incomplete, pulumi-language-yaml is missing
  - Official release: Failed to download https://get.pulumi.com/install.sh: fetch failed
  - Build with Go: Go 1.26.8 could not build it (1); its last words:
      # example.com/m/p
      p.go:1:2: undefined: q
Install Pulumi 3.206.0 or newer (https://www.pulumi.com/docs/install/), or Go 1.25 or newer (https://go.dev/dl/), and run this again.`,
      );
      assert.deepEqual(await readdir(dirname(sandbox.kept)), ["3.259.0"]);
    });

    it("says so when Go is too old to help itself", async () => {
      await writeProgram(
        join(sandbox.path, "go"),
        'if [ "$1" = version ]; then echo go version go1.22.1 linux/amd64; exit; fi',
        "echo 'go: go.mod requires go >= 1.25.11 (running go 1.22.1; GOTOOLCHAIN=local)' >&2; exit 1",
      );
      assert.match(
        await failure(get()),
        /Build with Go: Go 1\.22\.1 could not build it \(1\); its last words:\n.*GOTOOLCHAIN=local\)\n {6}Go 1\.25\.11 is needed; an older one fetches it by itself only where it may\./,
      );
    });

    it("needs Go, and a cache that can be written", async () => {
      assert.match(await failure(get()), /- Build with Go: no go on PATH\n/);
      await writeFile(join(sandbox.directory, "file"), "");
      const COMPUTENEST_ENGINE_HOME = join(sandbox.directory, "file");
      assert.match(
        await failure(get({ environment: { ...sandbox.environment, COMPUTENEST_ENGINE_HOME } })),
        /^No Pulumi CLI can be kept in <sandbox>\/file\/versions: ENOTDIR.*Let COMPUTENEST_ENGINE_HOME name a directory that can be written\.$/,
      );
    });
  });

  describe("being interrupted", () => {
    const slow = (pids: string) => `sleep 60 & echo $$ $! > "${pids}"; sleep 60`;

    it("ends all processes, leaves nothing and rejects with the signal's reason", async () => {
      const pids = join(sandbox.directory, "pids");
      await writeGo(sandbox, slow(pids));
      const controller = new AbortController();
      const reason = new Error("enough");
      const attempt = get({ signal: controller.signal });
      void appearance(pids).then(() => {
        controller.abort(reason);
      });
      await assert.rejects(attempt, (error) => error === reason);
      assert.deepEqual(await survivors(pids), []);
      assert.deepEqual(await readdir(dirname(sandbox.kept)), []);
    });

    it("by Ctrl-C works from the command line too", async () => {
      const pids = join(sandbox.directory, "pids");
      await writeGo(sandbox, slow(pids));
      const cli = startCli(sandbox.environment);
      const output = Promise.all([text(cli.stdout!), text(cli.stderr!)]);
      await appearance(pids);
      cli.kill("SIGINT");
      assert.deepEqual(await once(cli, "exit"), [130, null]);
      const [stdout, stderr] = await output;
      assert.equal(stdout, "");
      assert.match(stderr, /^Interrupted; nothing half-made was left behind\.$/m);
      assert.deepEqual(await survivors(pids), []);
      assert.deepEqual(await readdir(dirname(sandbox.kept)), []);
    });

    it("a second time ends at once what does not heed the first", async () => {
      const pids = join(sandbox.directory, "pids");
      await writeGo(sandbox, "trap '' INT", slow(pids));
      const cli = startCli(sandbox.environment);
      await appearance(pids);
      const exit = once(cli, "exit");
      const started = Date.now();
      cli.kill("SIGINT");
      cli.kill("SIGINT");
      await pause(700);
      assert.equal(cli.exitCode, null);
      cli.kill("SIGINT");
      assert.deepEqual(await exit, [130, null]);
      assert.ok(Date.now() - started < 4_000, "it did not wait for the 5 s of grace");
      assert.deepEqual(await survivors(pids), []);
    });
  });

  describe("running twice at once", () => {
    it("builds once, the second saying that it waits for the first", async () => {
      await writeGo(sandbox, "sleep 0.8");
      const cli = startCli(sandbox.environment);
      const output = Promise.all([text(cli.stdout!), text(cli.stderr!)]);
      await appearance(join(sandbox.directory, "builds"));
      const engine = await get();
      assert.equal(engine.origin, "cached");
      assert.equal(lines[1], `Another process is getting ${sandbox.kept}; waiting for it.`);
      const [stdout, stderr] = await output;
      assert.equal(stdout, `${engine.root}\n`);
      assert.match(stderr, /^Pulumi 3\.259\.0 built: /m);
      assert.equal(await countBuilds(sandbox), 1);
      assert.deepEqual(await readdir(dirname(sandbox.kept)), ["3.259.0"]);
    });

    it("takes over the lock of a killed process and removes what it left", async () => {
      await writeGo(sandbox);
      const lock = `${sandbox.kept}.lock`;
      const partial = `${sandbox.kept}.partial-abcdef`;
      await mkdir(join(partial, "root", "bin"), { recursive: true });
      await mkdir(lock);
      const minuteAgo = new Date(Date.now() - 60_000);
      await utimes(lock, minuteAgo, minuteAgo);
      assert.equal((await get()).origin, "built");
      assert.deepEqual(await readdir(dirname(sandbox.kept)), ["3.259.0"]);
    });

    it("stops waiting when asked to", async () => {
      await mkdir(`${sandbox.kept}.lock`, { recursive: true });
      const reason = new Error("enough");
      const controller = new AbortController();
      const attempt = get({ signal: controller.signal });
      setTimeout(() => {
        controller.abort(reason);
      }, 100);
      await assert.rejects(attempt, (error) => error === reason);
    });
  });

  it("tells what is wrong with a pulumi that gives no version", async () => {
    const command = join(sandbox.path, "pulumi");
    const miss = async () => /- PATH: (.*)\n/.exec(await failure(get()))?.[1];
    await writeProgram(command, "echo no such thing >&2; exit 3");
    assert.equal(await miss(), '"<sandbox>/path/bin/pulumi version" ended with 3: no such thing');
    await writeProgram(command, "echo hello");
    assert.equal(await miss(), '"<sandbox>/path/bin/pulumi version" printed no version: hello');
    await writeFile(command, "#!/no/such/interpreter\n");
    assert.equal(await miss(), "<sandbox>/path/bin/pulumi cannot be started (ENOENT)");
    await chmod(command, 0o644);
    assert.equal(await miss(), "no pulumi there");
  });
});
