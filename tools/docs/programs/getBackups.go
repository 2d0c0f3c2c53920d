package main

import (
	"example.com/pulumi-computenest/sdk/go/computenest"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		backups := computenest.GetBackupsOutput(ctx, computenest.GetBackupsOutputArgs{
			ServiceInstanceId: pulumi.String(config.Require(ctx, "serviceInstanceId")),
			Statuses: computenest.BackupStatusArray{
				computenest.BackupStatusCreated,
				computenest.BackupStatusCreating,
			},
		})
		ctx.Export("ids", backups.Ids())
		ctx.Export("latest", backups.Latest())
		return nil
	})
}
