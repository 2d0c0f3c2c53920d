"""Reads pages of 100 with the official SDK; the task comes as JSON, what a page took goes out as JSON."""

import json
import sys
import time

from alibabacloud_computenest20210601.client import Client
from alibabacloud_computenest20210601.models import ListBackupsRequest
from alibabacloud_tea_openapi.models import Config


def main():
    task = json.loads(sys.argv[1])
    service = task["service"]
    client = Client(
        Config(
            access_key_id=service["accessKeyId"],
            access_key_secret=service["accessKeySecret"],
            endpoint=service["host"],
            protocol="HTTP",
        )
    )
    token = None
    for page in range(task["warmUp"] + task["pages"]):
        if page == task["warmUp"]:
            cpu, wall = time.process_time(), time.perf_counter()
        request = ListBackupsRequest(max_results=100, next_token=token)
        token = client.list_backups(request).body.next_token
    per_page = 1000 / task["pages"]
    result = {
        "cpuMsPerPage": (time.process_time() - cpu) * per_page,
        "wallMsPerPage": (time.perf_counter() - wall) * per_page,
    }
    print(json.dumps(result), flush=True)


main()
