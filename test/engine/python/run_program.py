"""Runs the Pulumi program in the current folder with the config that comes in as JSON, and prints its
outputs as JSON. The CLI itself would need the language host for Python, which a CLI that was built
from Go modules does not bring."""

import json
import os
import runpy
import sys

from pulumi import automation

folder = os.getcwd()
stack = automation.create_or_select_stack(
    stack_name="test",
    project_name=automation.LocalWorkspace(work_dir=folder).project_settings().name,
    program=lambda: runpy.run_path("__main__.py"),
    opts=automation.LocalWorkspaceOptions(work_dir=folder),
)
config = json.load(sys.stdin)
stack.set_all_config({name: automation.ConfigValue(value) for name, value in config.items()})
outputs = stack.up().outputs
json.dump({name: output.value for name, output in outputs.items()}, sys.stdout)
