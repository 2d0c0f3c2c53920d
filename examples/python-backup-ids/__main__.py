"""Exports the ids of a service instance's backups, newest first."""

import pulumi

config = pulumi.Config()
backups = pulumi.runtime.invoke_output(
    "computenest:index:getBackups",
    {"serviceInstanceId": config.require("serviceInstanceId")},
)

pulumi.export("ids", backups["ids"])
