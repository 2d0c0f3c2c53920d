import pulumi
import pulumi_computenest as computenest

config = pulumi.Config()
backups = computenest.get_backups_output(
    service_instance_id=config.require("serviceInstanceId"),
    statuses=["Created", "Creating"],
)

pulumi.export("ids", backups.ids)
pulumi.export("latest", backups.latest)
