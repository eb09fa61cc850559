// The issue in the tab 报告: parts edited in place, rows moved by keys and by dragging.
"use strict";

const issue = () => document.querySelector("#issue");
const draftKey = (field) => `part:${issue().dataset.window}:${field.dataset.key}`;
let dragged = "";
let wanted = ""; // the part to open once the form of another is closed
let left = null; // where the analyst was before the issue was replaced

function focusPart() {
  const root = issue();
  if (!root) return;
  const parts = [...root.querySelectorAll("[data-part]")];
  const target = (root.dataset.focus && document.getElementById(root.dataset.focus))
    || (left && left.at >= 0 && (parts.find((one) => one.dataset.part === left.part) || parts[Math.min(left.at, parts.length - 1)]));
  if (target) { target.focus({ preventScroll: true }); target.scrollIntoView({ block: "nearest" }); }
  const spoken = root.querySelector("[data-say]");
  if (spoken) say(spoken.dataset.say);
}

// The part, or the first text of the row or label, in which the focus is.
function place() {
  const at = document.activeElement;
  const group = at.closest(".row") || at.closest(".labelled");
  return at.closest("[data-part]") || (group && group.querySelector("[data-part]"));
}

const field = (form) => form.querySelector("[name=value]");

function openPart(element) {
  if (!element || !element.hasAttribute("hx-get")) return;
  const form = issue().querySelector(".partform");
  if (form && field(form).value !== field(form).defaultValue) {
    showFault("正在改的这一处还没有保存，请先保存或取消。");
    form.scrollIntoView({ block: "nearest" });
    field(form).focus();
  } else if (form) {
    wanted = element.id;
    form.querySelector("[data-cancel]").click();
  } else htmx.trigger(element, "edit");
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
  else if (name === "merge" && row) showFault("这一行上面没有同一主体的行，不能并入。");
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
    htmx.ajax("POST", cut.getAttribute("hx-post"), { source: cut, target: "#issue", swap: "outerHTML", values });
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

// Text that was typed and not saved outlives a reload, a conflict and whatever else replaces the form; a part that has
// such a text says so.
document.addEventListener("input", (event) => {
  if (event.target.matches(".partform [name=value]")) localStorage.setItem(draftKey(event.target), event.target.value);
});
function markUnsaved() {
  for (const part of issue().querySelectorAll(".part[data-key]")) {
    part.classList.toggle("unsaved", localStorage.getItem(draftKey(part)) !== null);
  }
}
function restoreDraft(form) {
  const area = field(form);
  if (form.querySelector(".conflict")) { localStorage.setItem(draftKey(area), area.value); return; }
  const kept = localStorage.getItem(draftKey(area));
  if (kept === null || kept === area.value) return;
  area.value = kept;
  form.querySelector(".restored").hidden = false;
}
document.addEventListener("click", (event) => {
  const forget = event.target.closest(".partform [data-forget-part]");
  if (!forget) return;
  const area = field(forget.closest("form"));
  area.value = area.defaultValue;
  localStorage.removeItem(draftKey(area));
  forget.closest(".restored").hidden = true;
  area.focus();
});

// The issue is replaced as a whole: the analyst stays where she was.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (!issue() || event.detail.target?.id !== "issue") return;
  const part = place();
  left = { y: scrollY, part: part?.dataset.part, at: [...issue().querySelectorAll("[data-part]")].indexOf(part) };
});
document.addEventListener("htmx:afterSwap", (event) => {
  if (!issue()) return;
  markUnsaved();
  if (event.detail.target?.id === "issue" && left) scrollTo(0, left.y);
  const form = issue().querySelector(".partform");
  if (!form) {
    focusPart();
    return;
  }
  restoreDraft(form);
  const area = field(form);
  area.focus({ preventScroll: true });
  area.setSelectionRange(area.value.length, area.value.length);
  form.scrollIntoView({ block: "nearest" });
});
document.addEventListener("htmx:afterSettle", (event) => {
  const next = wanted && event.detail.target?.id === "issue" && document.getElementById(wanted);
  wanted = "";
  if (next) openPart(next);
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (!event.detail.successful || !issue()) return;
  const asked = event.detail.requestConfig.elt; // the event may be another element's: the form is replaced by then
  const form = asked.closest(".partform");
  const refused = issue().querySelector(".issue-bar .problem"); // signed meanwhile, say: the text is not stored
  if (form && !form.isConnected && !refused) { localStorage.removeItem(draftKey(field(form))); markUnsaved(); }
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.requestConfig.elt.hasAttribute("data-reload") && event.detail.successful) location.reload();
});
// The last script of the page: from here on keys are heard and forms answered in place.
document.addEventListener("DOMContentLoaded", () => {
  if (issue()) markUnsaved();
  focusPart();
  document.documentElement.dataset.ready = "";
});
