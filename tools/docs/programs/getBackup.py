import pulumi
import pulumi_computenest as computenest

config = pulumi.Config()
backup = computenest.get_backup_output(
    service_instance_id=config.require("serviceInstanceId"),
    max_age="24h",
    min_retention="3d",
)

pulumi.export("backupId", backup.backup_id)
