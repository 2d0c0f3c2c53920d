import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, posix } from "node:path";
import { LocalWorkspace, PulumiCommand, type Stack } from "@pulumi/pulumi/automation";
import * as z from "../../provider/zod";
import { bundlePlugin, bundleZod } from "../../tools/pack/bundle";
import { bundleFolder } from "../../tools/pack/intoBin";
import type * as SimulatorModule from "../../simulator";
import { run } from "../support/commands";
import { pack, repository } from "../support/packed";
import { cliEnvironment, simulatorConfig, stackFolder, theEngine } from "./support/stacks";

const ownModules = join(repository, "node_modules");

const tsc = (cwd: string, ...args: string[]) =>
  run(cwd, process.execPath, [join(ownModules, "typescript", "bin", "tsc"), ...args]);

interface Manifest {
  readonly main: string;
  readonly types: string;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly bin: Readonly<Record<string, string>>;
}

/** Every path by which package.json promises a file. */
function promisedPaths({ main, types, exports, bin }: Manifest): string[] {
  const exported = Object.values(exports).flatMap((entry) =>
    typeof entry === "string" ? [entry] : Object.values(entry),
  );
  return [main, types, ...exported, ...Object.values(bin)].map((path) => posix.normalize(path));
}

/** What the compiler makes of every source file there is. */
async function compiledPaths(): Promise<string[]> {
  const folders = ["provider", "simulator", "cli"].map(async (folder) => {
    const names = await readdir(join(repository, folder), { recursive: true });
    const sources = names.filter((name) => name.endsWith(".ts"));
    return sources.map((name) =>
      posix.join("bin", folder, name.replaceAll("\\", "/").slice(0, -3)),
    );
  });
  return (await Promise.all(folders)).flat().flatMap((path) => [`${path}.js`, `${path}.d.ts`]);
}

/** A user's program: outputs, a stream and the errors, each by its type. */
const program = `import * as pulumi from "@pulumi/pulumi";
import {
  BackupsError, ConfigurationError, IncompleteListError, InvalidArgumentError, RequestError,
  ResponseError, getBackups, getBackupsOutput, listBackups,
  type Backup, type BackupStatus, type GetBackupsResult,
} from "pulumi-computenest";

const serviceInstanceId: pulumi.Output<string> = pulumi.output(
  new pulumi.Config().require("serviceInstanceId"),
);
const result: pulumi.Output<GetBackupsResult> = getBackupsOutput({ serviceInstanceId });

export const ids: pulumi.Output<string[]> = result.ids;

async function stream(): Promise<number> {
  const streamed: Backup[] = [];
  for await (const backup of listBackups({ maxResults: 100 })) streamed.push(backup);
  return streamed.length;
}
export const streamed = stream();

function explain(error: unknown): string {
  if (error instanceof InvalidArgumentError) return error.problems.map((p) => p.property).join();
  if (error instanceof ConfigurationError) return error.message;
  if (error instanceof RequestError) return error.kind;
  if (error instanceof ResponseError) return String(error.page);
  if (error instanceof IncompleteListError) return String(error.readCount);
  return BackupsError.isInstance(error) ? error.code : "something else";
}
export const refused = getBackups({ status: "Nonsense" as BackupStatus }).then(
  ({ ids }) => ids.join(),
  explain,
);
`;

/** As in the projects that \`pulumi new typescript\` makes: libraries are checked too. */
const tsconfig = {
  compilerOptions: {
    strict: true,
    outDir: "bin",
    target: "es2020",
    module: "nodenext",
    moduleResolution: "nodenext",
    sourceMap: true,
    experimentalDecorators: true,
    noFallthroughCasesInSwitch: true,
    noImplicitReturns: true,
    forceConsistentCasingInFileNames: true,
  },
  files: ["index.ts"],
};

/** Writes a project, installs the tarball and an SDK in it, and a compiler beside them. */
async function install(folder: string, tarball: string, sdkVersion: string): Promise<void> {
  const files = {
    "package.json": JSON.stringify({ name: "user", private: true }),
    "Pulumi.yaml": "name: user\nruntime: nodejs\nmain: index.ts\n",
    "tsconfig.json": JSON.stringify(tsconfig),
    "index.ts": program,
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const quietly = ["--no-audit", "--no-fund", "--prefer-offline", "--ignore-scripts"];
  const packages = [tarball, `@pulumi/pulumi@${sdkVersion}`];
  await run(folder, "npm", ["install", "--prefix", folder, ...quietly, ...packages]);
  for (const name of ["typescript", "ts-node"]) {
    await symlink(join(ownModules, name), join(folder, "node_modules", name), "junction");
  }
}

/** Starts the installed command, and ends it as Ctrl+C does when the work is done. */
async function withCommand(folder: string, work: (settings: NodeJS.ProcessEnv) => Promise<void>) {
  const command = join(folder, "node_modules", ".bin", "computenest-simulator");
  const env = { PATH: process.env["PATH"] };
  const child = spawn(command, ["--port", "0"], { cwd: folder, env });
  let printed = "";
  child.stdout.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  const closed = once(child, "close");
  try {
    while (!printed.includes("ACCESS_KEY_SECRET=")) {
      await Promise.race([once(child.stdout, "data"), closed]);
      assert.equal(child.exitCode, null, printed);
    }
    const settings = [...printed.matchAll(/^export (\w+)=(\S+)$/gm)];
    await work(Object.fromEntries(settings.map(([, name, value]) => [name!, value])));
  } finally {
    child.kill("SIGINT");
  }
  const [exitCode] = (await closed) as [number | null];
  return { exitCode, printed };
}

describe("the packed package", function () {
  this.timeout(300_000);
  let folder: string;
  let tarball: string;
  let packed: readonly string[];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "computenest-package-"));
    ({ tarball, files: packed } = await pack(folder));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it("holds what the sources are compiled to, its documents, the plugin, and nothing else", async () => {
    const documents = ["CHANGELOG.md", "LICENSE", "README.md", "README.zh-CN.md", "package.json"];
    const plugin = [
      "plugin/PulumiPlugin.yaml",
      "plugin/package.json",
      "plugin/pulumi-resource-computenest",
      "plugin/pulumi-resource-computenest.cmd",
      "schema.json",
    ];
    const page = ["cli/page/behaviour.js", "cli/page/looks.css"];

    const licenses = "LICENSES-OF-LIBRARIES.txt";
    const bundled = [...(await bundlePlugin()).code.keys(), licenses];

    const expected = [
      ...(await compiledPaths()),
      ...documents,
      ...plugin,
      ...page,
      ...bundled.map((name) => `bin/plugin/${name}`),
      `bin/provider/${licenses}`,
    ];
    assert.deepEqual(packed.toSorted(), expected.toSorted());
  });

  it("is compiled from the sources as they are now", async () => {
    const state = await tsc(repository, "--build", "--dry", "tsconfig.build.json");

    assert.match(state, /is up to date/, "bin/ is stale: npm run build");
  });

  it("has the plugin bundled from the sources as they are now", async () => {
    for (const [name, content] of (await bundlePlugin()).code) {
      const built = await readFile(join(bundleFolder, name));
      assert.ok(built.equals(content), `bin/plugin/${name} is stale: npm run build`);
    }
  });

  it("has what is used of zod in one file, which needs no zod and says the same", async () => {
    const { code } = await bundleZod();
    const file = join(repository, "bin", "provider", "zod.js");
    const built = await readFile(file);
    const text = built.toString();
    const own = createRequire(file)(file) as typeof z;
    const words = (library: typeof z) =>
      library.object({ a: library.string() }).safeParse({ a: 1 }).error?.issues;

    assert.ok(built.equals(code.get("zod.js") ?? Buffer.alloc(0)), "it is stale: npm run build");
    assert.deepEqual(Array.from(text.matchAll(/require\("([^"]+)"\)/g)), []);
    assert.deepEqual(Object.keys(own).toSorted(), Object.keys(z).toSorted());
    assert.deepEqual(words(own), words(z));
  });

  it("has every file that its package.json names", async () => {
    const manifest = JSON.parse(
      await readFile(join(repository, "package.json"), "utf8"),
    ) as Manifest;

    const missing = promisedPaths(manifest).filter((path) => !packed.includes(path));

    assert.deepEqual(missing, []);
  });

  const versions: readonly [string, string][] = [
    ["oldest", "3.206.0"],
    ["newest", "3.270.0"],
  ];
  describe("installed in a project", () => {
    const projects = new Map<string, string>();

    before(async () => {
      const installs = versions.map(async ([, version]) => {
        const project = join(folder, version);
        await mkdir(project);
        await install(project, tarball, version);
        projects.set(version, project);
      });
      await Promise.all(installs);
    });

    for (const [age, version] of versions) {
      describe(`with the ${age} SDK it supports, ${version}`, () => {
        let project: string;
        before(() => {
          project = projects.get(version)!;
        });

        it("finds that SDK, and brings no other", async () => {
          const required = createRequire(join(project, "index.js"));
          const own = createRequire(required.resolve("pulumi-computenest"));
          const sdk = own.resolve("@pulumi/pulumi/package.json");

          assert.equal(sdk, required.resolve("@pulumi/pulumi/package.json"));
          const { version: found } = JSON.parse(await readFile(sdk, "utf8")) as Manifest & {
            version: string;
          };
          assert.equal(found, version);
        });

        it("is imported by name from an ES module", async () => {
          const script =
            'import { getBackups, BackupsError } from "pulumi-computenest";' +
            'import { startSimulator } from "pulumi-computenest/simulator";' +
            "console.log(typeof getBackups, typeof BackupsError, typeof startSimulator);";

          const printed = await run(project, process.execPath, [
            "--input-type=module",
            "-e",
            script,
          ]);

          assert.equal(printed, "function function function\n");
        });

        it("exports ids in preview and up of a TypeScript program", async () => {
          const required = createRequire(join(project, "index.js"));
          const { sampleBackups, startSimulator } = required(
            "pulumi-computenest/simulator",
          ) as typeof SimulatorModule;
          const simulator = await startSimulator({
            backups: sampleBackups({ now: Date.now(), count: 150 }),
          });
          const state = await stackFolder();
          try {
            const stack = await stackOf(project, state);
            const serviceInstanceId = simulator.backups[0]!.ServiceInstanceId!;
            await stack.setAllConfig({
              ...simulatorConfig(simulator),
              serviceInstanceId: { value: serviceInstanceId },
            });

            const preview = await stack.preview();
            const { outputs } = await stack.up();

            assert.match(preview.stdout, /ids +: \[\s+\[ *0\]: "backup-/);
            const expected = simulator.backups
              .filter((backup) => backup.ServiceInstanceId === serviceInstanceId)
              .map(({ BackupId }) => BackupId);
            const ids = outputs["ids"]!.value as string[];
            assert.deepEqual(ids.toSorted(), expected.toSorted());
            assert.equal(outputs["streamed"]!.value, simulator.backups.length);
            assert.equal(outputs["refused"]!.value, "status");
          } finally {
            await rm(state, { recursive: true, force: true });
            await simulator.close();
          }
        });
      });
    }

    it("type-checks with the oldest and the newest SDK, declarations included", async () => {
      const checks = [...projects.values()].map((project) => tsc(project, "--noEmit"));

      assert.deepEqual(await Promise.all(checks), ["", ""]);
    });

    it("brings the plugin: in a folder for Pulumi.yaml, and as a command", async () => {
      const project = projects.get(versions[0]![1])!;
      const state = await stackFolder();
      const env = { ...process.env, ...(await cliEnvironment(state)) };
      const name = "pulumi-resource-computenest";
      const launchers = [join("pulumi-computenest", "plugin", name), join(".bin", name)];
      try {
        for (const launcher of launchers) {
          const path = join(project, "node_modules", launcher);
          const schema = await run(project, "pulumi", ["package", "get-schema", path], env);
          assert.equal((JSON.parse(schema) as { name: string }).name, "computenest");
        }
      } finally {
        await rm(state, { recursive: true, force: true });
      }
    });

    it("serves a plain script with the command it installs, until Ctrl+C", async () => {
      const project = projects.get(versions[0]![1])!;
      const script =
        'const { getBackups } = require("pulumi-computenest");' +
        "getBackups().then(({ ids }) => console.log(new Set(ids).size));";

      const { exitCode, printed } = await withCommand(project, async (settings) => {
        assert.deepEqual(Object.keys(settings).toSorted(), [
          "ALIBABA_CLOUD_ACCESS_KEY_ID",
          "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
          "COMPUTENEST_ENDPOINT",
        ]);
        const env = { PATH: process.env["PATH"], HOME: project, ...settings };
        assert.equal(await run(project, process.execPath, ["-e", script], env), "321\n");
      });

      assert.match(printed, /^Compute Nest simulator at http:\/\/127\.0\.0\.1:\d+ /);
      assert.equal(exitCode, 0);
    });
  });
});

/** A stack of the project, whose engine keeps everything else in a folder of its own. */
async function stackOf(project: string, state: string): Promise<Stack> {
  const { root } = await theEngine();
  return LocalWorkspace.createOrSelectStack(
    { stackName: "test", workDir: project },
    {
      pulumiCommand: await PulumiCommand.get({ root }),
      pulumiHome: join(state, "home"),
      // The compiler checks the types in a test of its own; here that would only cost time.
      envVars: { ...(await cliEnvironment(state)), PULUMI_NODEJS_TRANSPILE_ONLY: "true" },
    },
  );
}
