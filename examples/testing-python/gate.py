"""A gate of your own: a deployment script asks here whether it may go on."""

import json
import subprocess

PLUGIN = "node_modules/pulumi-computenest/plugin/pulumi-resource-computenest"


class NoBackup(Exception):
    """There is no backup to go back to, or nobody knows: the message says which."""


def backup_to_go_back_to(service_instance_id: str) -> str:
    """Gives the id of a backup of the last day."""
    command = ["pulumi", "do", "--package", PLUGIN, "computenest:index:getBackup"]
    arguments = ["--service-instance-id", service_instance_id, "--max-age", "24h"]
    ended = subprocess.run(command + arguments, capture_output=True, text=True)
    if ended.returncode != 0:
        raise NoBackup(ended.stderr.strip())
    return json.loads(ended.stdout)["backupId"]
