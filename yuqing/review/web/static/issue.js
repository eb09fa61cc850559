// The issue in the tab 报告: parts edited in place, rows moved by keys and by dragging.
"use strict";

const issue = () => document.querySelector("#issue");
const draftKey = (field) => `part:${issue().dataset.window}:${field.dataset.key}`;
let dragged = "";

function focusPart() {
  const root = issue();
  if (!root) return;
  const form = root.querySelector(".partform");
  if (form) return;
  const target = root.dataset.focus && document.getElementById(root.dataset.focus);
  if (target) { target.focus({ preventScroll: true }); target.scrollIntoView({ block: "nearest" }); }
  const spoken = root.querySelector("[data-say]");
  if (spoken) say(spoken.dataset.say);
}

function openPart(element) {
  if (element && element.hasAttribute("hx-get")) htmx.trigger(element, "edit");
}

function current() {
  return document.activeElement.closest(".part");
}

function step(by) {
  const parts = [...issue().querySelectorAll(".part[tabindex]")].filter((one) => one.offsetParent);
  const at = parts.indexOf(current());
  const next = parts[at < 0 ? 0 : at + by];
  if (next) { next.focus({ preventScroll: true }); next.scrollIntoView({ block: "nearest" }); }
}

function act(name) {
  const row = current() && current().closest(".row");
  const button = name === "undo" ? issue().querySelector("[data-act=undo]") : row && row.querySelector(`[data-act=${name}]`);
  if (button) button.click();
}

// The rows on which a name or a number rests.
function showRows(ids) {
  for (const one of document.querySelectorAll(".row.traced")) one.classList.remove("traced");
  const rows = ids.map((id) => document.getElementById(`row-${id}`)).filter(Boolean);
  for (const row of rows) row.classList.add("traced");
  if (rows.length) rows[0].scrollIntoView({ block: "center" });
  say(`据 ${rows.length} 行`);
}

const issueKeys = {
  j: () => step(1), k: () => step(-1), e: () => openPart(current()), Enter: () => openPart(current()),
  J: () => act("down"), K: () => act("up"), m: () => act("merge"), x: () => act("hide"), u: () => act("undo"),
};

document.addEventListener("keydown", (event) => {
  if (!issue() || event.isComposing) return;
  const form = event.target.closest(".partform");
  if (form) {
    if (event.key === "Escape") { event.preventDefault(); form.querySelector("[data-cancel]").click(); }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); form.requestSubmit(); }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select")) return;
  if (event.key === "Enter" && !event.target.matches(".part")) return;
  const action = issueKeys[event.key];
  if (action) { event.preventDefault(); action(); }
});

document.addEventListener("click", (event) => {
  if (!issue()) return;
  const button = event.target.closest("[data-edit]");
  if (button) {
    const target = document.getElementById(button.dataset.edit);
    const hidden = target.closest("[hidden]");
    if (hidden) hidden.hidden = false;
    openPart(target);
    return;
  }
  const traced = event.target.closest("[data-refs]");
  if (traced) {
    showRows(traced.dataset.refs.split(" "));
    return;
  }
  const cut = event.target.closest("[data-split]");
  if (cut) {
    const area = cut.closest("form").elements.value;
    const values = { key: cut.dataset.split, first: area.value.slice(0, area.selectionStart), second: area.value.slice(area.selectionStart) };
    htmx.ajax("POST", cut.getAttribute("hx-post"), { target: "#issue", swap: "outerHTML", values });
    return;
  }
  const part = event.target.closest(".part");
  if (part && !event.target.closest("a, button") && !String(getSelection())) openPart(part);
});

document.addEventListener("dragstart", (event) => {
  const row = event.target.closest && event.target.closest("[data-row]");
  if (!row) return;
  dragged = row.dataset.row;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged);
});
document.addEventListener("dragover", (event) => {
  const row = dragged && event.target.closest("[data-row]");
  if (!row) return;
  event.preventDefault();
  for (const one of document.querySelectorAll(".row.over")) one.classList.remove("over");
  row.classList.add("over");
});
document.addEventListener("drop", (event) => {
  const row = dragged && event.target.closest("[data-row]");
  if (!row) return;
  event.preventDefault();
  if (row.dataset.row !== dragged) {
    const address = `/report/move?window=${issue().dataset.window}`;
    htmx.ajax("POST", address, { target: "#issue", swap: "outerHTML", values: { key: dragged, to: row.dataset.row } });
  }
  dragged = "";
});
document.addEventListener("dragend", () => { dragged = ""; for (const one of document.querySelectorAll(".row.over")) one.classList.remove("over"); });

// Text that was typed and not saved outlives a reload.
document.addEventListener("input", (event) => {
  if (event.target.matches(".partform textarea")) localStorage.setItem(draftKey(event.target), event.target.value);
});
document.addEventListener("htmx:afterSwap", () => {
  if (!issue()) return;
  const area = issue().querySelector(".partform textarea, .partform input[name=value]");
  if (!area) { focusPart(); return; }
  const kept = area.dataset.key && localStorage.getItem(draftKey(area));
  if (kept && !issue().querySelector(".partform .conflict")) area.value = kept;
  area.focus();
  area.setSelectionRange(area.value.length, area.value.length);
});
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.detail.elt.closest && event.detail.elt.closest(".partform");
  const area = form && form.querySelector("textarea");
  if (area && event.detail.successful && issue()) localStorage.removeItem(draftKey(area));
  if (event.detail.elt.hasAttribute && event.detail.elt.hasAttribute("data-reload") && event.detail.successful) location.reload();
});
// The last script of the page: from here on keys are heard and forms answered in place.
document.addEventListener("DOMContentLoaded", () => {
  focusPart();
  document.documentElement.dataset.ready = "";
});
