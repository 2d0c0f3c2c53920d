// The page: one file that needs nothing else, and asks nobody for anything.

import { createHash } from "node:crypto";
import type { ScaleTime } from "d3-scale";
import { formatDuration } from "../../provider/durations";
import { formatInstant } from "../../provider/timestamps";
import { packageFile, packageVersion } from "../packageFiles";
import { counted } from "../summary";
import { expiryOf, relative } from "../times";
import { Html, markup, nothing } from "./markup";
import type { Bar, Row, Span, Timeline } from "./timeline";

/** What the page tells besides the backups. */
export interface About {
  readonly now: number;
  /** The longest time without a Created backup that is not marked, as the user wrote it. */
  readonly gap: string;
  /** Why gaps are not marked, if they are not. */
  readonly whyNoGaps: string | undefined;
  /** The filters that were asked for: flags and what they were given. */
  readonly filters: readonly (readonly [flag: string, value: string])[];
  readonly statusCounts: Readonly<Record<string, number>>;
}

/** Classes of the documented statuses; their looks are in looks.css. */
const classes = new Map([
  ["Created", "created"],
  ["Creating", "creating"],
  ["CreateFailed", "failed"],
  ["Deleting", "deleting"],
  ["Deleted", "deleted"],
  ["DeleteFailed", "undeleted"],
]);

function classOf(status: string): string {
  return classes.get(status) ?? "other";
}

type Scale = ScaleTime<number, number>;

/** Of the width, in percent: marks at either end are seen whole. */
const visibleRange = [0.7, 98.8];

const hidden = new Html(" hidden");

function percent(value: number): string {
  return `${Number(value.toFixed(3))}%`;
}

function placeOf({ from, to }: Span, scale: Scale): string {
  const left = scale(from);
  return `left:${percent(left)};width:${percent(scale(to) - left)}`;
}

const markOf = ({ backup, span }: Bar, scale: Scale): Html =>
  span === undefined
    ? // Keeps the order: the nth mark is of the nth line of the table.
      markup`<i hidden></i>`
    : markup`<i class="${classOf(backup.status)}" style="${placeOf(span, scale)}"></i>`;

function gapText({ from, to }: Span, now: number): string {
  const until = to >= now ? "now" : formatInstant(to);
  return `Gap: ${formatDuration(to - from)} without a Created backup, ${formatInstant(from)} to ${until}`;
}

const gapOf = (gap: Span, scale: Scale, now: number): Html =>
  markup`<b style="${placeOf(gap, scale)}" data-text="${gapText(gap, now)}"></b>`;

const cell = (text: string | undefined): Html => markup`<td>${text ?? ""}</td>`;

// Of several scripts and directions: each text is kept from turning those beside it around.
const written = (text: string | undefined): Html =>
  text === undefined ? markup`<td></td>` : markup`<td><bdi>${text}</bdi></td>`;

function lineOf({ backup }: Bar): Html {
  const { backupId, status, startTime, createTime, endTime, description, statusDetail } = backup;
  const start = startTime ?? (createTime === undefined ? "?" : `${createTime} (created)`);
  const mark = markup`<i class="${classOf(status)}"></i>`;
  const texts = [start, endTime, expiryOf(backup)].map(cell);
  const free = [description, statusDetail].map(written);
  return markup`<tr><td>${backupId}</td><td>${mark}${status}</td>${texts}${free}</tr>\n`;
}

const heads = ["Backup", "Status", "Started", "Ended", "Expires", "Description", "Detail"];

const table = (row: Row): Html => markup`<table>
<caption>Backups of ${row.serviceInstanceId}, newest first</caption>
<thead><tr>${heads.map((head) => markup`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${row.bars.map(lineOf)}</tbody></table>`;

/** A row in words, for those who do not see it. */
function described({ bars, gaps, newestCreated }: Row, now: number): string {
  const hasCreated = bars.some(({ backup }) => backup.status === "Created");
  const newest = hasCreated ? `Created ${relative(newestCreated, now)}` : "none Created";
  const gapCount = gaps.length === 0 ? "" : `, ${counted(gaps.length, "gap")}`;
  return bars.length === 0
    ? `no backups${gapCount}`
    : `${counted(bars.length, "backup")}, ${newest}${gapCount}`;
}

function rowOf(row: Row, scale: Scale, now: number): Html {
  const { serviceInstanceId: id, bars, gaps } = row;
  const words = described(row, now);
  const count = bars.length + gaps.length;
  const label = markup`<h2 title="${id}">${id}</h2>`;
  const details =
    bars.length === 0
      ? markup`<p class="words">${words}</p>`
      : markup`<details><summary class="words">${words}</summary>${table(row)}</details>`;
  const slider =
    count === 0
      ? nothing
      : markup` role="slider" tabindex="0" aria-label="Backups of ${id}" aria-valuemin="1" aria-valuemax="${count}" aria-valuenow="${count}" aria-valuetext="${words}"`;
  const marks = [
    ...gaps.map((gap) => gapOf(gap, scale, now)),
    ...bars.map((bar) => markOf(bar, scale)),
  ];
  return markup`
<section class="row${gaps.length > 0 ? " gappy" : ""}">${label}${details}
<div class="track"${slider}>${marks}</div></section>`;
}

/** How many times the width of the screen a row may be. */
const zooms = [1, 2, 4, 8, 16];

/** So many times are written along the width of a screen, about. */
const ticksAcross = 10;

/** A time along the top, as short as it can be told apart from those beside it. */
function tickText(tick: Date): string {
  const [, year = "", day = "", time = ""] = /^(.+?)-(.+)T(.{5})/.exec(tick.toISOString()) ?? [];
  if (time !== "00:00") return time;
  return day === "01-01" ? year : day;
}

/** The times along the top: which ones make round steps is for d3-scale to find. */
function axisOf(scale: Scale): Html {
  const axes = zooms.map((zoom) => {
    const count = ticksAcross * zoom;
    const ticks = scale.ticks(count).map((tick) => {
      const at = percent(scale(tick));
      return markup`<time style="left:${at}" datetime="${tick.toISOString()}">${tickText(tick)}</time>`;
    });
    return markup`<div data-zoom="${zoom}">${ticks}</div>`;
  });
  return markup`<div class="axis" aria-hidden="true"><span>UTC</span>${axes}</div>`;
}

function gridOf(scale: Scale): string {
  return scale
    .ticks(ticksAcross)
    .map(
      (tick) =>
        `linear-gradient(var(--line),var(--line)) ${percent(scale(tick))} 0/1px 100% no-repeat`,
    )
    .join(",");
}

function legendOf({ statusCounts, gap, whyNoGaps }: About, gapCount: number): Html {
  const statuses = Object.entries(statusCounts).map(
    ([status, count]) =>
      markup`<li><i class="${classOf(status)}"></i>${status} <strong>${count}</strong></li>`,
  );
  const gaps =
    whyNoGaps === undefined
      ? markup`<li><b></b>over ${gap} without a Created backup <strong>${gapCount}</strong></li>`
      : markup`<li>Gaps are not marked: ${whyNoGaps}</li>`;
  return markup`<ul class="legend" aria-label="Legend and counts">${statuses}${gaps}</ul>`;
}

function filtersOf(filters: About["filters"]): Html {
  if (filters.length === 0) return markup`all backups`;
  return markup`${filters.map(([flag, value]) => markup`<code>${flag} <bdi>${value}</bdi></code> `)}`;
}

// Too few to search.
const fewRows = 8;

const zoomOptions = zooms.map((zoom) => markup`<option value="${zoom}">${zoom}\u{d7}</option>`);

function toolbar(rows: number): Html {
  const searching = markup`<label>Service instance
<input type="search" name="text" placeholder="part of its id"></label>
<label><input type="checkbox" name="gappy"> only with gaps</label>`;
  return markup`<form class="tools" role="search">${rows <= fewRows ? nothing : searching}
<label>Zoom <select name="zoom">${zoomOptions}</select></label>
<output name="shown"></output></form>`;
}

/** The whole page. */
export async function pageOf({ rows, span }: Timeline, about: About): Promise<string> {
  // An ES module only, which `require` cannot load without a warning in Node 20.
  const { scaleUtc } = await import("d3-scale");
  const scale = scaleUtc([span.from, span.to], visibleRange);
  const { now } = about;
  const gapCount = rows.reduce((sum, { gaps }) => sum + gaps.length, 0);
  const backups = rows.flatMap(({ bars }) => bars);
  const timeless = backups.filter((bar) => bar.span === undefined).length;
  const style = packageFile("cli", "page", "looks.css");
  const script = packageFile("cli", "page", "behaviour.js");
  const hash = createHash("sha256").update(script).digest("base64");
  const policy = `default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-${hash}'`;

  const made = formatInstant(now);
  const unplaced =
    timeless === 0
      ? nothing
      : markup`<p class="about">Without a time that can be read, so in the tables only: ${timeless}</p>`;
  const isEmpty = rows.length === 0;

  const page = markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="computenest-backups ${packageVersion()}">
<link rel="icon" href="data:,">
<title>Compute Nest backups, ${made}</title>
<style>${new Html(style)}.track{background:${new Html(gridOf(scale))}}</style></head>
<body><header><h1>Compute Nest backups</h1>
<p class="about">${counted(backups.length, "backup")} of ${counted(rows.length, "service instance")},
as of <time datetime="${made}">${made}</time>; asked for: ${filtersOf(about.filters)}</p>
${legendOf(about, gapCount)}${unplaced}
${isEmpty ? markup`<p class="empty">No backups match.</p>` : toolbar(rows.length)}</header>
<main class="chart" aria-label="Timelines of the service instances"${isEmpty ? hidden : nothing}>
<div class="canvas">${axisOf(scale)}${rows.map((row) => rowOf(row, scale, now))}
</div></main>
<div id="tip" role="tooltip" hidden></div>
<script>${new Html(script)}</script></body></html>
`;
  return page.text;
}
