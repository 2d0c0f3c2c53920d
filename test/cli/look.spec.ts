import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { temporaryFolder } from "../support/folder";
import { closeAfterTest } from "../support/scriptedServer";
import { chromiumPath, launch } from "./chromium";
import { fleet, pageWith } from "./pages";

/** Screenshots for whoever wants to look: one for each size and theme. */
const gallery = join(__dirname, "..", "..", "coverage", "report");

const sizes = [1, 30, 500] as const;
const each = 30;
const pages = new Map<number, Promise<string>>();

/** The page of so many service instances with 30 backups each. */
function pageOfSize(instances: number): Promise<string> {
  const page = pages.get(instances) ?? pageWith(fleet(instances, each));
  pages.set(instances, page);
  return page;
}

describe("the report in Chromium", function () {
  this.timeout(180_000);
  if (chromiumPath === undefined) {
    it("is not looked at here: there is no Chromium on PATH", function () {
      this.skip();
    });
    return;
  }
  const executable = chromiumPath;
  let browser: Browser;

  before(async () => {
    await mkdir(gallery, { recursive: true });
    browser = await launch(executable);
  });
  after(() => browser.close());

  /** Opens a page; what the browser complains of or asks the network for is gathered. */
  async function open(html: string, colorScheme: "light" | "dark" = "light") {
    const file = join(await temporaryFolder(), "report.html");
    await writeFile(file, html);
    const context = await browser.newContext({
      colorScheme,
      viewport: { width: 1280, height: 800 },
    });
    closeAfterTest(() => context.close());
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("request", (request) => {
      if (!/^(file|data):/.test(request.url())) complaints.push(request.url());
    });
    await page.goto(pathToFileURL(file).href);
    return { page, complaints };
  }

  const barsOf = (page: Page) => page.locator(".track i:not([hidden])");

  for (const size of sizes) {
    for (const scheme of ["light", "dark"] as const) {
      it(`shows ${size} service instances, ${scheme}`, async () => {
        const { page, complaints } = await open(await pageOfSize(size), scheme);

        const image = await page.screenshot({ path: join(gallery, `${size}-${scheme}.png`) });
        const paper = await page.evaluate(
          "getComputedStyle(document.documentElement).backgroundColor",
        );

        assert.equal(await page.locator(".row").count(), size);
        assert.equal(await barsOf(page).count(), size * each);
        assert.equal(paper, scheme === "light" ? "rgb(255, 255, 255)" : "rgb(15, 20, 25)");
        assert.ok(image.length > 10_000, `${image.length} bytes`);
        assert.deepEqual(complaints, []);
      });
    }

    it(`prints ${size} service instances, every row`, async () => {
      const { page, complaints } = await open(await pageOfSize(size));

      const pdf = await page.pdf({ preferCSSPageSize: true });
      await writeFile(join(gallery, `${size}.pdf`), pdf);

      // A page of paper has room for 14 rows or so.
      const leaves = pdf.toString("latin1").match(/\/Type \/Page\b/g)?.length ?? 0;
      assert.ok(leaves >= size / 25 && leaves <= size / 10 + 1, `${leaves} pages`);
      assert.deepEqual(complaints, []);
    });
  }

  for (const scheme of ["light", "dark"] as const) {
    it(`keeps what axe knows of accessibility, ${scheme}`, async () => {
      const { page } = await open(await pageOfSize(30), scheme);
      await page.locator("summary").nth(1).click();
      await page.locator(".track").first().hover();

      // As a browser's tools run it: the page's own policy would not let it in.
      await page.evaluate(axe.source);
      const { violations, passes } = await page.evaluate<axe.AxeResults>("axe.run()");

      assert.deepEqual(
        violations.map(({ id, nodes }) => [id, nodes[0]?.html]),
        [],
      );
      assert.ok(passes.some(({ id }) => id === "color-contrast"));
    });
  }

  it("keeps times and ids in sight while it is scrolled", async () => {
    const { page } = await open(await pageOfSize(500));
    await page.getByLabel("Zoom").selectOption("8");

    await page.evaluate("document.querySelector('.chart').scrollTop = 9000");

    const chart = (await page.locator(".chart").boundingBox())!;
    const axis = (await page.locator(".axis").boundingBox())!;
    const seen = await page.evaluate(
      ([x, y]) => document.elementFromPoint(x!, y!)?.closest("section")?.innerText ?? "",
      [chart.x + 30, chart.y + chart.height / 2],
    );
    assert.ok(Math.abs(axis.y - chart.y) <= 2, `${axis.y} and ${chart.y}`);
    assert.match(seen, /^si-0{17}2\d\d\n/);
  });

  it("tells of a backup under the pointer", async () => {
    const { page, complaints } = await open(await pageOfSize(30));
    const bar = barsOf(page).first();
    const facts = await page.locator("tbody tr").first().locator("td").allTextContents();

    await bar.hover({ force: true });

    const tip = page.locator("#tip");
    assert.ok(await tip.isVisible());
    assert.deepEqual(
      await tip.locator("dd").allTextContents(),
      facts.filter((fact) => fact !== ""),
    );
    await page.mouse.move(5, 5);
    assert.ok(await tip.isHidden());
    assert.deepEqual(complaints, []);
  });

  it("is walked through by keys, from the newest mark on", async () => {
    const { page } = await open(await pageOfSize(1));
    const track = page.locator(".track");
    const valueText = () => track.getAttribute("aria-valuetext");
    await page.locator("summary").focus();

    await page.keyboard.press("Tab");
    const newest = await valueText();
    await page.keyboard.press("ArrowLeft");
    const older = await valueText();
    await page.keyboard.press("End");

    assert.match(newest ?? "", /^Backup backup-/);
    assert.notEqual(older, newest);
    assert.equal(await valueText(), newest);
    assert.ok(await page.locator("#tip").isVisible());
  });

  it("opens a table of a service instance", async () => {
    const { page } = await open(await pageOfSize(30));

    await page.locator("summary").nth(1).click();

    assert.ok(await page.locator("table").nth(1).isVisible());
    assert.ok(await page.locator("table").nth(0).isHidden());
  });

  it("runs nothing that a description holds", async () => {
    const description = "</td></script><img src=x onerror='document.title=1'>";
    const backups = fleet(1, 3).map((backup) => ({ ...backup, description }));

    const { page, complaints } = await open(await pageWith(backups));
    await page.locator("summary").click();

    assert.equal(await page.getByText(description, { exact: true }).first().isVisible(), true);
    assert.match(await page.title(), /^Compute Nest backups, /);
    assert.deepEqual(complaints, []);
  });
});
