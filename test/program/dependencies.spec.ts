import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { untilCreated } from "../../provider/program/dependencies";
import { AnyComponent, AnyResource, isKnown, mock, valueOf } from "../support/mocks";

const nothing = pulumi.output({});

describe("created", () => {
  it("is known at once when nothing is named", async () => {
    assert.deepEqual(await valueOf(untilCreated(undefined, nothing)), []);
  });

  it("is known when the resources named have their ids", async () => {
    await mock({});
    const first = new AnyResource("first");

    assert.deepEqual(await valueOf(untilCreated([first], nothing)), ["first-id"]);
  });

  it("waits for what a component is made of", async () => {
    await mock({});
    const group = new AnyComponent("group");
    new AnyResource("part", { parent: group });

    assert.deepEqual(await valueOf(untilCreated(group, nothing)), ["part-id"]);
  });

  it("waits for the resources that the inputs come from", async () => {
    await mock({});
    const source = new AnyResource("source");

    const inputs = pulumi.output({ ids: [source.urn] });

    assert.deepEqual(await valueOf(untilCreated(undefined, inputs)), ["source-id"]);
  });

  it("takes a remote component, which has no id, by its urn", async () => {
    await mock({});
    const remote = new AnyComponent("remote", {}, true);

    const [known] = await valueOf(untilCreated(remote, nothing));

    assert.match(known ?? "", /^urn:pulumi:stack::project::test:index:Group::remote$/);
  });

  it("is unknown in a preview of what does not exist yet", async () => {
    await mock({}, { preview: true });
    const planned = new AnyResource("planned");

    assert.equal(await isKnown(untilCreated([planned], nothing)), false);
  });
});
