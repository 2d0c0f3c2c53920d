import assert from "node:assert/strict";
import fc from "fast-check";
import { JSDOM } from "jsdom";
import type { Backup } from "../../provider";
import { fleet, now, pageWith } from "./pages";

/** The page as a browser without a screen has it; its script runs. */
function open(page: string): Document {
  return new JSDOM(page, {
    runScripts: "dangerously",
    beforeParse(window) {
      // Where nothing is laid out, nothing can be scrolled to.
      window.Element.prototype.scrollIntoView = () => undefined;
    },
  }).window.document;
}

const all = (document: ParentNode, selector: string) => [...document.querySelectorAll(selector)];
const texts = (document: ParentNode, selector: string) =>
  all(document, selector).map(({ textContent }) => textContent);

function backup(fields: Partial<Backup> = {}): Backup {
  return {
    backupId: "backup-1",
    serviceInstanceId: "si-1",
    status: "Created",
    startTime: "2026-06-01T00:00:00Z",
    endTime: "2026-06-01T00:10:00Z",
    ...fields,
  };
}

const nasty = [
  "</script><script>alert(1)</script>",
  "</style><img src=x onerror=alert(1)>",
  "<!-- --> ]]> &amp; &lt;b&gt; &#x41;",
  `" onmouseover="alert(1)" '`,
  "\u202eright to left\u202c שלום مرحبا",
  "line\r\nline\rline\u2028line",
  "{{7*7}} ${7*7} `x`",
  "\0\u{1f4a9}\ud800",
];

describe("pageOf", function () {
  this.timeout(60_000);

  it("shows any text as text, and nothing else of it", async () => {
    const text = fc.oneof(fc.constantFrom(...nasty), fc.string({ unit: "binary" }), fc.string());
    const plain = open(await pageWith([backup({ description: "a", statusDetail: "b" })]));
    const elements = all(plain, "*").length;

    await fc.assert(
      fc.asyncProperty(text, text, text, async (description, statusDetail, other) => {
        const odd = `x${other}`;
        const page = await pageWith(
          [
            backup({
              description,
              statusDetail,
              status: odd,
              serviceInstanceId: odd,
              backupId: odd,
            }),
          ],
          {},
          { statusCounts: { [odd]: 1 } },
        );
        const document = open(page);

        // A NUL cannot be written in HTML.
        const shown = [odd, odd, description, statusDetail].map((t) =>
          t.replaceAll("\0", "\ufffd"),
        );
        const cells = texts(document, "tbody td");
        assert.deepEqual([cells[0], cells[1], cells[5], cells[6]], shown);
        assert.deepEqual(texts(document, "h2"), [shown[0]]);
        // An unknown status has a mark of its own, none of its text in it.
        assert.deepEqual(
          all(document, ".track i").map((i) => i.className),
          ["other"],
        );
        assert.equal(all(document, "*").length, elements);
      }),
      { numRuns: 60 },
    );
  });

  it("needs nothing but itself", async () => {
    const page = await pageWith(fleet(6, 20));

    assert.doesNotMatch(page, /\bhttps?:|\/\/[a-z]|@import|\burl\(/i);
    const document = open(page);
    assert.deepEqual(
      all(document, "[src], [href]").map((element) => element.getAttribute("href")),
      ["data:,"],
    );
    assert.match(
      document.querySelector("meta[http-equiv]")!.getAttribute("content")!,
      /^default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-[\w+/=]+'$/,
    );
  });

  it("has a bar and a line for each backup, counts and gaps", async () => {
    const backups = [
      backup(),
      backup({ backupId: "backup-2", status: "CreateFailed", startTime: "2026-05-30T00:00:00Z" }),
      backup({ backupId: "backup-3", startTime: "2026-05-29T00:00:00Z" }),
      backup({ backupId: "backup-4", serviceInstanceId: "si-2", startTime: "soon" }),
    ];

    const document = open(await pageWith(backups, {}, { filters: [["--max-age", "30d"]] }));

    assert.equal(all(document, ".track i:not([hidden])").length, 3);
    assert.equal(all(document, "tbody tr").length, 4);
    assert.deepEqual(texts(document, ".words"), [
      "3 backups, Created 12h ago, 1 gap",
      "1 backup, Created ?, 1 gap",
    ]);
    assert.deepEqual(texts(document, ".legend li"), [
      "Created 3",
      "CreateFailed 1",
      "over 26h without a Created backup 2",
    ]);
    assert.deepEqual(
      texts(document, ".about").map((text) => text.replaceAll(/\s+/g, " ")),
      [
        "4 backups of 2 service instances, as of 2026-06-01T12:00:00Z; asked for: --max-age 30d ",
        "Without a time that can be read, so in the tables only: 1",
      ],
    );
    assert.equal(
      document.querySelector<HTMLElement>(".track b")!.dataset["text"],
      "Gap: 3d without a Created backup, 2026-05-29T00:00:00Z to 2026-06-01T00:00:00Z",
    );
  });

  it("tells of a mark that is pointed at, or walked to by keys", async () => {
    const document = open(
      await pageWith([
        backup({ description: "before the upgrade" }),
        backup({ backupId: "backup-2", startTime: "2026-05-31T00:00:00Z" }),
      ]),
    );
    const { KeyboardEvent, MouseEvent } = document.defaultView!;
    const track = document.querySelector(".track")!;
    const tip = document.getElementById("tip")!;
    const press = (key: string) =>
      track.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));

    track.dispatchEvent(new MouseEvent("pointermove", { bubbles: true }));
    const pointedAt = texts(tip, "dd");
    press("End");
    press("ArrowLeft");

    assert.deepEqual(pointedAt, [
      "backup-1",
      "Created",
      "2026-06-01T00:00:00Z",
      "2026-06-01T00:10:00Z",
      "never",
      "before the upgrade",
    ]);
    assert.equal(texts(tip, "dd")[0], "backup-2");
    assert.equal(track.getAttribute("aria-valuenow"), "1");
    assert.match(track.getAttribute("aria-valuetext")!, /^Backup backup-2, Status Created, /);
    press("Escape");
    assert.equal(tip.hidden, true);
  });

  it("filters service instances by text and by gaps", async () => {
    const document = open(await pageWith(fleet(30, 20)));
    const { Event } = document.defaultView!;
    const search = document.querySelector<HTMLInputElement>("[name=text]")!;
    const gappy = document.querySelector<HTMLInputElement>("[name=gappy]")!;
    const shown = () => all(document, ".row:not([hidden])").length;
    const withGaps = all(document, ".gappy").length;

    search.value = "0003";
    search.dispatchEvent(new Event("input", { bubbles: true }));
    const found = [shown(), document.querySelector("output")!.value];
    search.value = "";
    gappy.checked = true;
    gappy.dispatchEvent(new Event("input", { bubbles: true }));

    assert.deepEqual(found, [1, "1 of 30 service instances"]);
    assert.ok(withGaps > 0 && withGaps < 30);
    assert.equal(shown(), withGaps);
  });

  it("says that there is nothing, and why gaps are not marked", async () => {
    const document = open(
      await pageWith([], {}, { whyNoGaps: "the filters leave Created backups out" }),
    );

    assert.deepEqual(texts(document, ".empty"), ["No backups match."]);
    assert.deepEqual(texts(document, ".legend li"), [
      "Gaps are not marked: the filters leave Created backups out",
    ]);
    assert.equal(document.querySelector<HTMLElement>("main")!.hidden, true);
  });

  it("has the bars where their times are", async () => {
    const start = new Date(now - 24 * 3_600_000).toISOString();
    const middle = new Date(now - 12 * 3_600_000).toISOString();
    const document = open(
      await pageWith([
        backup({ startTime: middle, endTime: new Date(now - 6 * 3_600_000).toISOString() }),
        backup({ backupId: "backup-2", startTime: start, endTime: start }),
      ]),
    );

    const styles = all(document, ".track i").map((bar) => bar.getAttribute("style"));

    // The marks keep 0.7 % and 1.2 % of the width clear.
    assert.deepEqual(styles, ["left:49.75%;width:24.525%", "left:0.7%;width:0%"]);
  });

  it("has a page of sane size for 500 service instances", async () => {
    const backups = fleet(500, 30);

    const page = await pageWith(backups);

    const bytesEach = Buffer.byteLength(page) / backups.length;
    assert.ok(backups.length > 10_000, String(backups.length));
    assert.ok(bytesEach < 400, `${bytesEach} bytes a backup`);
  });
});
