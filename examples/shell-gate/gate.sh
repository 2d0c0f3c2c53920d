#!/bin/sh
# Lets a deployment through only when there is a backup to rely on, whatever deploys:
#
#   ./gate.sh si-7b6138dfce1e4c41ab71 && ./deploy.sh
#
# Prints the backup and ends with 0, or says on stderr why there is none and ends with 1.
set -eu

exec pulumi do \
  --package node_modules/pulumi-computenest/plugin/pulumi-resource-computenest \
  computenest:index:getBackup \
  --service-instance-id "$1" \
  --max-age 24h
