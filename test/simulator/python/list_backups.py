"""Lists backups with the official SDK; a list of what to ask comes in as JSON, and one of
what came back goes out as JSON."""

import json
import sys

from alibabacloud_computenest20210601.client import Client
from alibabacloud_computenest20210601.models import ListBackupsRequest, ListBackupsRequestFilter
from alibabacloud_tea_openapi.models import Config


def list_backups(ask):
    client = Client(
        Config(
            access_key_id=ask["accessKeyId"],
            access_key_secret=ask["accessKeySecret"],
            security_token=ask.get("securityToken"),
            endpoint=ask["host"],
            protocol="HTTP",
        )
    )
    filters = [
        ListBackupsRequestFilter(name=name, value=values)
        for name, values in ask.get("filters", {}).items()
    ]
    rows, pages, token = [], 0, None
    while token != "":
        request = ListBackupsRequest(max_results=100, next_token=token, filter=filters or None)
        body = client.list_backups(request).body
        rows += [backup.to_map() for backup in body.backups]
        pages, token = pages + 1, body.next_token
    return {"rows": rows, "pages": pages, "totalCount": body.total_count}


def outcome(ask):
    try:
        return list_backups(ask)
    except Exception as error:  # Whatever the SDK raises is the result.
        return {
            "error": type(error).__name__,
            "code": getattr(error, "code", None),
            "statusCode": getattr(error, "status_code", None) or getattr(error, "statusCode", None),
        }


json.dump([outcome(ask) for ask in json.load(sys.stdin)], sys.stdout)
