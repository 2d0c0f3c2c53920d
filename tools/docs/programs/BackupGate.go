package main

import (
	"example.com/pulumi-computenest/sdk/go/computenest"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		freshBackup, err := computenest.NewBackupGate(ctx, "freshBackup", &computenest.BackupGateArgs{
			ServiceInstanceId: pulumi.String(config.Require(ctx, "serviceInstanceId")),
			MaxAge:            pulumi.String("24h"),
			WaitTimeout:       pulumi.String("30m"),
		})
		if err != nil {
			return err
		}
		// Stands in for a database, e.g. rds.Instance of pulumi-alicloud.
		_, err = pulumi.NewStash(ctx, "database", &pulumi.StashArgs{
			Input: pulumi.String("large"),
		}, pulumi.DependsOn([]pulumi.Resource{freshBackup}))
		if err != nil {
			return err
		}
		ctx.Export("backupId", freshBackup.BackupId)
		return nil
	})
}
