// One program in three languages: an explicit provider with settings from stack config, a gate, a list
// that is asked for by typed filters, and the gate's backup once more.

/** A project that finds the plugin where npm has put it. */
export function projectFile(runtime: string): string {
  return `name: typed
runtime: ${runtime}
plugins:
  providers:
    - name: computenest
      path: node_modules/pulumi-computenest/plugin
`;
}

/** In TypeScript. */
export const typeScriptProgram = `import * as pulumi from "@pulumi/pulumi";
import * as computenest from "pulumi-computenest-sdk";

const config = new pulumi.Config();
const provider = new computenest.Provider("simulator", {
  region: "cn-hangzhou",
  endpoint: config.require("endpoint"),
  accessKey: config.require("accessKey"),
  secretKey: config.require("secretKey"),
  clientReadTimeout: 20_000,
});

const gate = new computenest.BackupGate(
  "gate",
  {
    serviceInstanceId: "si-1",
    maxAge: "24h",
    region: computenest.ServiceRegion.CnHangzhou,
    triggers: { release: "one" },
  },
  { provider },
);
const list = computenest.getBackups(
  {
    statuses: [computenest.BackupStatus.Created, computenest.BackupStatus.CreateFailed],
    filters: [{ name: computenest.FilterName.ServiceInstanceId, values: ["si-1"] }],
    limit: 1,
  },
  { provider },
);
const again = computenest.getBackupOutput({ backupId: gate.backupId }, { provider });

const retentionDays: Promise<number | undefined> = list.then(({ latest }) => latest?.retentionDays);
const failure: pulumi.Output<string | undefined> = pulumi
  .output(list)
  .apply(({ latestAttempt }) => latestAttempt?.statusDetail);
const qualifies: pulumi.Output<boolean> = again.qualifies;

export const backups = list.then(({ backups }) => backups);
export const latestByServiceInstance = list.then((all) => all.latestByServiceInstance);
export const statusCounts = list.then((all) => all.statusCounts);
export const gated = gate.backup;
export const { passedAt, triggers } = gate;
export { retentionDays, failure, qualifies };
`;

/** The same in Python. */
export const pythonProgram = `import pulumi
import pulumi_computenest as computenest

config = pulumi.Config()
provider = computenest.Provider(
    "simulator",
    region="cn-hangzhou",
    endpoint=config.require("endpoint"),
    access_key=config.require("accessKey"),
    secret_key=config.require("secretKey"),
    client_read_timeout=20_000,
)

gate = computenest.BackupGate(
    "gate",
    service_instance_id="si-1",
    max_age="24h",
    region=computenest.ServiceRegion.CN_HANGZHOU,
    triggers={"release": "one"},
    opts=pulumi.ResourceOptions(provider=provider),
)
everything = computenest.get_backups(
    statuses=[computenest.BackupStatus.CREATED, computenest.BackupStatus.CREATE_FAILED],
    filters=[{"name": computenest.FilterName.SERVICE_INSTANCE_ID, "values": ["si-1"]}],
    limit=1,
    opts=pulumi.InvokeOptions(provider=provider),
)
again = computenest.get_backup_output(
    backup_id=gate.backup_id, opts=pulumi.InvokeOutputOptions(provider=provider)
)

pulumi.export("backups", everything.backups)
pulumi.export("latestByServiceInstance", everything.latest_by_service_instance)
pulumi.export("statusCounts", everything.status_counts)
pulumi.export("retentionDays", everything.latest.retention_days)
pulumi.export("failure", everything.latest_attempt.status_detail)
pulumi.export("gated", gate.backup)
pulumi.export("passedAt", gate.passed_at)
pulumi.export("triggers", gate.triggers)
pulumi.export("qualifies", again.qualifies)
`;

/** The same in Go. */
export const goProgram = `package main

import (
	"example.com/pulumi-computenest/sdk/go/computenest"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		settings := config.New(ctx, "")
		provider, err := computenest.NewProvider(ctx, "simulator", &computenest.ProviderArgs{
			Region:            pulumi.String("cn-hangzhou"),
			Endpoint:          pulumi.String(settings.Require("endpoint")),
			AccessKey:         pulumi.String(settings.Require("accessKey")),
			SecretKey:         pulumi.String(settings.Require("secretKey")),
			ClientReadTimeout: pulumi.Int(20_000),
		})
		if err != nil {
			return err
		}
		gate, err := computenest.NewBackupGate(ctx, "gate", &computenest.BackupGateArgs{
			ServiceInstanceId: pulumi.String("si-1"),
			MaxAge:            pulumi.String("24h"),
			Region:            computenest.ServiceRegionCnHangzhou,
			Triggers:          pulumi.StringMap{"release": pulumi.String("one")},
		}, pulumi.Provider(provider))
		if err != nil {
			return err
		}
		name := computenest.FilterNameServiceInstanceId
		list, err := computenest.GetBackups(ctx, &computenest.GetBackupsArgs{
			Statuses: []computenest.BackupStatus{computenest.BackupStatusCreated},
			Filters:  []computenest.Filter{{Name: name, Values: []string{"si-1"}}},
			Limit:    pulumi.IntRef(1),
		}, pulumi.Provider(provider))
		if err != nil {
			return err
		}
		var retentionDays *int = list.Latest.RetentionDays
		again := computenest.GetBackupOutput(ctx, computenest.GetBackupOutputArgs{
			BackupId: gate.BackupId,
		}, pulumi.Provider(provider))
		ctx.Export("ids", pulumi.ToStringArray(list.Ids))
		ctx.Export("retentionDays", pulumi.IntPtrFromPtr(retentionDays))
		ctx.Export("gated", gate.Backup)
		ctx.Export("qualifies", again.Qualifies())
		return nil
	})
}
`;
