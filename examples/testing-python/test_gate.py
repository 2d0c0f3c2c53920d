"""The gate against a simulated Compute Nest, which runs as a child process. Asks no account."""

import contextlib
import json
import os
import subprocess
import tempfile
import unittest
from datetime import datetime, timedelta, timezone
from unittest import mock

import gate

SIMULATOR = "node_modules/.bin/computenest-simulator"

# The simulator accepts whatever key is in its environment. It opens nothing else.
SETTINGS = {
    "ALICLOUD_REGION": "cn-hangzhou",
    "ALIBABA_CLOUD_ACCESS_KEY_ID": "LTAItest",
    "ALIBABA_CLOUD_ACCESS_KEY_SECRET": "test",
    "ALIBABA_CLOUD_SECURITY_TOKEN": "",
}


@contextlib.contextmanager
def simulator(*options: str, hours_old: float = 2):
    """A simulator with one backup, and the environment pointed at it."""
    started = datetime.now(timezone.utc) - timedelta(hours=hours_old)
    backup = {
        "BackupId": "backup-1",
        "ServiceInstanceId": "si-1",
        "Status": "Created",
        "StartTime": started.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    with mock.patch.dict(os.environ, SETTINGS), tempfile.NamedTemporaryFile("w") as data:
        json.dump({"Backups": [backup]}, data)
        data.flush()
        command = [SIMULATOR, "--data", data.name, *options]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
            try:
                # It prints how to reach it as soon as it listens.
                for line in child.stdout:
                    if line.startswith("export COMPUTENEST_ENDPOINT="):
                        os.environ["COMPUTENEST_ENDPOINT"] = line.strip().split("=", 1)[1]
                        break
                else:
                    raise RuntimeError("the simulator has ended")
                yield
            finally:
                child.terminate()


class Gate(unittest.TestCase):
    def test_opens_for_a_backup_of_the_last_day(self):
        with simulator():
            self.assertEqual(gate.backup_to_go_back_to("si-1"), "backup-1")

    def test_is_closed_when_the_newest_backup_is_too_old(self):
        with simulator(hours_old=31):
            with self.assertRaisesRegex(gate.NoBackup, "backup-1 Created, 31h old: 7h too old"):
                gate.backup_to_go_back_to("si-1")

    def test_is_closed_when_the_key_is_wrong(self):
        with simulator():
            os.environ["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] = "another"
            with self.assertRaisesRegex(gate.NoBackup, "was denied .SignatureDoesNotMatch"):
                gate.backup_to_go_back_to("si-1")

    def test_is_closed_when_the_service_does_not_answer_in_time(self):
        with simulator("--latency", "5000"):
            os.environ.update(CLIENT_READ_TIMEOUT="100", MAX_RETRY_TIMEOUT="1")
            with self.assertRaisesRegex(gate.NoBackup, "ListBackups got no answer"):
                gate.backup_to_go_back_to("si-1")


if __name__ == "__main__":
    unittest.main()
