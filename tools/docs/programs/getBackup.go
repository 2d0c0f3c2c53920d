package main

import (
	"example.com/pulumi-computenest/sdk/go/computenest"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		backup := computenest.GetBackupOutput(ctx, computenest.GetBackupOutputArgs{
			ServiceInstanceId: pulumi.String(config.Require(ctx, "serviceInstanceId")),
			MaxAge:            pulumi.String("24h"),
			MinRetention:      pulumi.String("3d"),
		})
		ctx.Export("backupId", backup.BackupId())
		return nil
	})
}
