// What the page does when it is pointed at, walked through by keys, filtered and zoomed. Without it
// everything can still be read: the tables have all that the bars tell.
(() => {
  "use strict";
  const tip = document.getElementById("tip");
  const tools = document.querySelector(".tools");
  const chart = document.querySelector(".chart");
  const canvas = document.querySelector(".canvas");
  const rows = [...document.querySelectorAll(".row")];
  /** How far from a mark the pointer may be, in pixels: marks are small. */
  const reach = 9;
  let lit;

  const marksOf = (track) => [...track.children].filter((mark) => !mark.hidden);

  /** Names and values of what a mark stands for: its line in the table, or its own text. */
  function factsOf(mark) {
    if (mark.dataset.text) return [["", mark.dataset.text]];
    const row = mark.closest(".row");
    const nth = [...row.querySelectorAll(".track > i")].indexOf(mark);
    const heads = [...row.querySelectorAll("th")];
    const cells = [...row.querySelectorAll("tbody tr")[nth].cells];
    return cells
      .map((cell, i) => [heads[i].textContent, cell.textContent])
      .filter(([, value]) => value !== "");
  }

  function hide() {
    lit?.classList.remove("on");
    lit = undefined;
    tip.hidden = true;
  }

  function show(mark) {
    if (lit === mark) return;
    hide();
    lit = mark;
    mark.classList.add("on");
    const list = document.createElement("dl");
    for (const [name, value] of factsOf(mark)) {
      if (name === "") {
        list.textContent = value;
        continue;
      }
      const term = document.createElement("dt");
      const text = document.createElement("dd");
      term.textContent = name;
      text.textContent = value;
      text.dir = "auto";
      list.append(term, text);
    }
    tip.replaceChildren(list);
    tip.hidden = false;
    const at = mark.getBoundingClientRect();
    const size = tip.getBoundingClientRect();
    const left = Math.max(4, Math.min(at.left, innerWidth - size.width - 4));
    const below = at.bottom + 10;
    const top = below + size.height > innerHeight ? at.top - size.height - 10 : below;
    tip.style.left = `${left}px`;
    tip.style.top = `${Math.max(4, top)}px`;
  }

  /** The mark under the pointer, or the nearest; a gap only where no backup is near. */
  function markAt(track, x) {
    let nearest;
    let least = reach;
    let gap;
    for (const mark of marksOf(track)) {
      const { left, right } = mark.getBoundingClientRect();
      const distance = Math.max(left - x, x - right, 0);
      if (mark.tagName === "B") {
        if (distance === 0) gap = mark;
      } else if (distance < least) {
        least = distance;
        nearest = mark;
      }
    }
    return nearest ?? gap;
  }

  function step(track, key) {
    // From left to right, as they are seen; the first step is onto the newest.
    const placeOf = (mark) => parseFloat(mark.style.left);
    const marks = marksOf(track).sort((a, b) => placeOf(a) - placeOf(b));
    const current = marks.indexOf(lit);
    const last = marks.length - 1;
    const wanted = { ArrowLeft: current - 1, ArrowRight: current + 1, Home: 0, End: last }[key];
    if (wanted === undefined || last < 0) return false;
    const next = current < 0 && key !== "Home" ? last : Math.max(0, Math.min(last, wanted));
    marks[next].scrollIntoView({ block: "nearest", inline: "nearest" });
    show(marks[next]);
    track.setAttribute("aria-valuenow", String(next + 1));
    track.setAttribute(
      "aria-valuetext",
      factsOf(marks[next])
        .map(([name, value]) => `${name} ${value}`.trim())
        .join(", "),
    );
    return true;
  }

  chart.addEventListener("pointermove", (event) => {
    const track = event.target.closest(".track");
    const mark = track && markAt(track, event.clientX);
    if (mark) show(mark);
    else hide();
  });
  chart.addEventListener("pointerleave", hide);
  chart.addEventListener("scroll", () => {
    // The keys scroll as well; then the mark is still the one that has the focus.
    if (!document.activeElement?.classList.contains("track")) hide();
  });
  chart.addEventListener("focusin", ({ target }) => {
    if (target.matches(".track:focus-visible")) step(target, "End");
  });
  chart.addEventListener("focusout", hide);
  chart.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
    else if (event.target.matches(".track") && step(event.target, event.key))
      event.preventDefault();
  });

  function filter() {
    const text = tools.elements.text.value.trim().toLowerCase();
    const onlyGappy = tools.elements.gappy.checked;
    let shown = 0;
    for (const row of rows) {
      const isWanted =
        row.querySelector("h2").textContent.toLowerCase().includes(text) &&
        (!onlyGappy || row.classList.contains("gappy"));
      row.hidden = !isWanted;
      shown += isWanted ? 1 : 0;
    }
    tools.elements.shown.value =
      shown === rows.length ? "" : `${shown} of ${rows.length} service instances`;
  }

  tools?.addEventListener("submit", (event) => event.preventDefault());
  tools?.addEventListener("input", ({ target }) => {
    hide();
    if (target.name !== "zoom") {
      filter();
      return;
    }
    canvas.dataset.zoom = target.value;
    canvas.style.setProperty("--zoom", target.value);
    // The newest is what most look for.
    chart.scrollLeft = chart.scrollWidth;
  });
})();
