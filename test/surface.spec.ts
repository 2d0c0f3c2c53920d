import assert from "node:assert/strict";
import type * as pulumi from "@pulumi/pulumi";
import { expectTypeOf } from "expect-type";
import type { z } from "zod";
import * as surface from "../provider";
import type { getBackupsArguments, listBackupsArguments } from "../provider/args";
import type { backupGateArguments } from "../provider/gateArgs";
import type { getBackupArguments } from "../provider/getBackupArgs";
import type { settingsSchema } from "../provider/settings/settingsContract";

describe("the package", () => {
  it("exports these names, and a change here is a change for its users", () => {
    assert.deepEqual(Object.keys(surface).sort(), [
      "BackupGate",
      "BackupsError",
      "ConfigurationError",
      "IncompleteListError",
      "InvalidArgumentError",
      "NoQualifyingBackupError",
      "Provider",
      "RequestError",
      "ResponseError",
      "WaitTimeoutError",
      "backupGate",
      "backupGateTransform",
      "getBackup",
      "getBackupOutput",
      "getBackups",
      "getBackupsOutput",
      "listBackups",
    ]);
  });

  it("exports nothing that is not a function or a class", () => {
    assert.ok(Object.values(surface).every((value) => typeof value === "function"));
  });

  it("has these functions", () => {
    expectTypeOf(surface.getBackups).toEqualTypeOf<
      (
        args?: surface.GetBackupsArgs,
        opts?: surface.BackupsInvokeOptions,
      ) => Promise<surface.GetBackupsResult>
    >();
    expectTypeOf(surface.getBackupsOutput).toEqualTypeOf<
      (
        args?: surface.GetBackupsOutputArgs,
        opts?: surface.BackupsInvokeOutputOptions,
      ) => pulumi.Output<surface.GetBackupsResult>
    >();
    expectTypeOf(surface.listBackups).toEqualTypeOf<
      (
        args?: surface.ListBackupsArgs,
        opts?: surface.ListBackupsOptions,
      ) => AsyncIterable<surface.Backup>
    >();
  });

  it("has these gates", () => {
    expectTypeOf(surface.getBackup).toEqualTypeOf<
      (
        args: surface.GetBackupArgs,
        opts?: surface.BackupsInvokeOptions,
      ) => Promise<surface.GetBackupResult>
    >();
    expectTypeOf(surface.getBackupOutput).toEqualTypeOf<
      (
        args: surface.GetBackupOutputArgs,
        opts?: surface.BackupsInvokeOutputOptions,
      ) => pulumi.Output<surface.GetBackupResult>
    >();
    expectTypeOf(surface.backupGate).toEqualTypeOf<
      (
        name: string,
        args: surface.BackupGateInputs | surface.BackupGateArgsOf,
        opts?: surface.BackupGateOptions,
      ) => pulumi.ResourceHookBinding
    >();
    expectTypeOf(surface.backupGateTransform).returns.toEqualTypeOf<pulumi.ResourceTransform>();
    expectTypeOf<surface.BackupGateArgs["maxAge"]>().toEqualTypeOf<string>();
  });

  it("checks exactly the arguments and settings it documents", () => {
    expectTypeOf<
      z.infer<typeof getBackupsArguments.schema>
    >().toEqualTypeOf<surface.GetBackupsArgs>();
    expectTypeOf<
      z.infer<typeof listBackupsArguments.schema>
    >().toEqualTypeOf<surface.ListBackupsArgs>();
    expectTypeOf<
      z.infer<typeof getBackupArguments.schema>
    >().toEqualTypeOf<surface.GetBackupArgs>();
    expectTypeOf<z.infer<typeof backupGateArguments.schema>>().toExtend<surface.BackupGateArgs>();
    expectTypeOf<keyof z.infer<typeof backupGateArguments.schema>>().toEqualTypeOf<
      keyof surface.BackupGateArgs
    >();
    expectTypeOf<z.infer<typeof settingsSchema>>().toEqualTypeOf<surface.Settings>();
    expectTypeOf<keyof surface.GetBackupsArgs>().toEqualTypeOf<
      keyof surface.ListBackupsArgs | "limit"
    >();
  });

  it("gives results of this shape", () => {
    expectTypeOf<surface.GetBackupsResult>().toEqualTypeOf<{
      readonly ids: string[];
      readonly backups: surface.Backup[];
      readonly latest?: surface.Backup;
      readonly latestAttempt?: surface.Backup;
      readonly latestByServiceInstance?: Record<string, surface.Backup>;
      readonly statusCounts?: Record<string, number>;
      readonly totalCount?: number;
      readonly nextToken?: string;
    }>();
    expectTypeOf<surface.Backup>().toEqualTypeOf<{
      readonly backupId: string;
      readonly serviceInstanceId: string;
      readonly status: string;
      readonly statusDetail?: string;
      readonly description?: string;
      readonly backupMode?: string;
      readonly retentionDays?: number;
      readonly startTime?: string;
      readonly endTime?: string;
      readonly createTime?: string;
      readonly modifiedTime?: string;
      readonly expireTime?: string;
    }>();
  });

  it("extends Pulumi's own options", () => {
    expectTypeOf<surface.BackupsInvokeOptions>().toExtend<pulumi.InvokeOptions>();
    expectTypeOf<surface.BackupsInvokeOutputOptions>().toExtend<pulumi.InvokeOutputOptions>();
    expectTypeOf<pulumi.InvokeOutputOptions>().toExtend<surface.BackupsInvokeOutputOptions>();
    expectTypeOf<surface.BackupsInvokeOptions["signal"]>().toEqualTypeOf<AbortSignal | undefined>();
    expectTypeOf<surface.ListBackupsOptions["settings"]>().toEqualTypeOf<
      surface.Settings | undefined
    >();
  });

  it("tells kinds of errors apart by type", () => {
    expectTypeOf<surface.BackupsErrorCode>().toEqualTypeOf<
      | "InvalidArgument"
      | "Configuration"
      | "Request"
      | "Response"
      | "IncompleteList"
      | "NoQualifyingBackup"
      | "WaitTimeout"
    >();
    expectTypeOf<surface.RequestErrorKind>().toEqualTypeOf<
      "denied" | "throttled" | "unavailable" | "rejected"
    >();
  });
});

describe("BackupGateInputs", () => {
  it("takes outputs at every level", () => {
    expectTypeOf<{
      serviceInstanceIds: pulumi.Output<string>[];
      maxAge: pulumi.Output<string>;
    }>().toExtend<surface.BackupGateInputs>();
    expectTypeOf<surface.BackupGateArgs>().toExtend<surface.BackupGateInputs>();
  });
});

describe("GetBackupsOutputArgs", () => {
  type Args = surface.GetBackupsOutputArgs;
  type Accepts<K extends keyof Args, T> = T extends Args[K] ? true : false;

  it("takes plain arguments as they are", () => {
    expectTypeOf<surface.GetBackupsArgs>().toExtend<Args>();
  });

  it("takes outputs at every level", () => {
    expectTypeOf<Accepts<"ids", pulumi.Output<string[]>>>().toEqualTypeOf<true>();
    expectTypeOf<Accepts<"ids", pulumi.Output<string>[]>>().toEqualTypeOf<true>();
    expectTypeOf<Accepts<"filters", pulumi.Output<surface.Filter[]>>>().toEqualTypeOf<true>();
    expectTypeOf<
      Accepts<
        "filters",
        { name: pulumi.Output<surface.Filter["name"]>; values: pulumi.Output<string>[] }[]
      >
    >().toEqualTypeOf<true>();
    expectTypeOf<Accepts<"limit", Promise<number>>>().toEqualTypeOf<true>();
  });

  it("takes outputs that may be undefined, and outputs of enums", () => {
    expectTypeOf<
      Accepts<"serviceInstanceId", pulumi.Output<string | undefined>>
    >().toEqualTypeOf<true>();
    expectTypeOf<Accepts<"status", pulumi.Output<surface.BackupStatus>>>().toEqualTypeOf<true>();
    expectTypeOf<Accepts<"status", pulumi.Output<"Created">>>().toEqualTypeOf<true>();
    expectTypeOf<Accepts<"region", pulumi.Output<surface.ServiceRegion>>>().toEqualTypeOf<true>();
    expectTypeOf<
      Accepts<"statuses", pulumi.Output<surface.BackupStatus>[]>
    >().toEqualTypeOf<true>();
  });

  it("refuses outputs of something else", () => {
    expectTypeOf<Accepts<"limit", pulumi.Output<string>>>().toEqualTypeOf<false>();
    expectTypeOf<Accepts<"ids", pulumi.Output<string>>>().toEqualTypeOf<false>();
  });
});
