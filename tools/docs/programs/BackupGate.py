import pulumi
import pulumi_computenest as computenest

config = pulumi.Config()
fresh_backup = computenest.BackupGate(
    "freshBackup",
    service_instance_id=config.require("serviceInstanceId"),
    max_age="24h",
    wait_timeout="30m",
)

# Stands in for a database, e.g. alicloud.rds.Instance.
pulumi.Stash("database", input="large", opts=pulumi.ResourceOptions(depends_on=[fresh_backup]))

pulumi.export("backupId", fresh_backup.backup_id)
