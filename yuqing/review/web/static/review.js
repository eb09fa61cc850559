// The page's keyboard, the choice of drafts, unsaved text, and messages. Everything else is links and forms (htmx).
"use strict";

const $ = (selector) => document.querySelector(selector);
const savedRow = (form) => `row:${form.dataset.item}:${form.elements.version.value}`;
const savedNote = (form) => `note:${form.dataset.item}:${form.elements.version.value}`;
let closed = new Set(); // folds that the analyst closed or opened, kept over the swaps
let opened = new Set();
let faultTimer = 0;
let newest = null; // the last request whose answer goes into #work

document.documentElement.classList.add("js");

function say(text) {
  const live = $("#live");
  live.textContent = "";
  live.textContent = text;
}

function showFault(text) {
  const fault = $("#fault");
  fault.textContent = text;
  fault.hidden = false;
  clearTimeout(faultTimer);
  faultTimer = setTimeout(() => { fault.hidden = true; }, 8000);
}

function markDraft() {
  const chosen = $("#decision input[name=candidate]:checked");
  for (const mark of document.querySelectorAll("#item-title mark, .text mark")) {
    mark.classList.toggle("on", Boolean(chosen) && mark.classList.contains(`q${chosen.value}`));
  }
}

function setUp() {
  for (const fold of document.querySelectorAll("[data-fold]")) {
    if (closed.has(fold.dataset.fold)) fold.open = false;
    if (opened.has(fold.dataset.fold)) fold.open = true;
  }
  if (matchMedia("(max-width: 56rem)").matches) {
    for (const fold of document.querySelectorAll("[data-fold]")) if (!opened.has(fold.dataset.fold)) fold.open = false;
  }
  const current = $(".card[aria-current]");
  if (current) current.scrollIntoView({ block: "nearest" });
  const form = $("#decision");
  if (form) restoreText(form);
  markDraft();
  const spoken = document.querySelector("#work [data-say]");
  if (spoken) say(spoken.dataset.say);
}

function forgetTexts(item) {
  for (const key of Object.keys(localStorage)) if (key.startsWith(`row:${item}:`) || key.startsWith(`note:${item}:`)) localStorage.removeItem(key);
}

// Text that was typed and not sent outlives moving on, closing the tab, a lost connection, and somebody else's decision.
function restoreText(form) {
  if ($("#detail .conflict")) { // the form has the text, under the version that the other person made
    forgetTexts(form.dataset.item);
    localStorage.setItem(savedRow(form), form.elements.row.value);
    if (form.elements.note.value) localStorage.setItem(savedNote(form), form.elements.note.value);
    return;
  }
  const note = localStorage.getItem(savedNote(form));
  if (note !== null && !form.elements.note.value) form.elements.note.value = note;
  const kept = localStorage.getItem(savedRow(form));
  const row = form.elements.row;
  if (kept === null || kept === row.value) return;
  form.dataset.original = row.value;
  row.value = kept;
  form.querySelector(".restored").hidden = false;
}

document.addEventListener("input", (event) => {
  const form = event.target.closest("#decision");
  if (form && event.target.name === "row") localStorage.setItem(savedRow(form), event.target.value);
  if (form && event.target.name === "note") localStorage.setItem(savedNote(form), event.target.value);
  const kept = event.target.closest("[data-keep]");
  if (kept) localStorage.setItem(`kept:${kept.dataset.keep}`, event.target.value);
});

// A known name becomes a tick at once; another stays in its field, and the server says what is wrong with it.
function addTag(field) {
  const value = field.value.trim();
  const group = field.parentElement;
  if (!value || ![...document.getElementById(field.getAttribute("list")).options].some((o) => o.value === value)) return;
  let box = [...group.querySelectorAll("input[type=checkbox]")].find((one) => one.value === value);
  if (!box) {
    const label = document.createElement("label");
    const mark = document.createElement("small");
    box = document.createElement("input");
    Object.assign(box, { type: "checkbox", name: field.name, value });
    mark.textContent = "人工";
    label.className = "hand";
    label.append(box, value, " ", mark);
    field.before(label);
  }
  box.checked = true;
  field.value = "";
  say(`已加上 ${value}`);
}

document.addEventListener("change", (event) => {
  const target = event.target;
  if (target.matches("[data-add]")) addTag(target);
  if (target.matches("[data-submit]")) target.form.requestSubmit();
  if (target.name === "candidate") {
    const row = $("#row");
    row.value = target.parentElement.querySelector("span").textContent;
    localStorage.removeItem(savedRow(target.form));
    markDraft();
  }
});

document.addEventListener("click", (event) => {
  const form = $("#decision");
  if (event.target.closest("[data-forget]")) {
    form.elements.row.value = form.dataset.original;
    localStorage.removeItem(savedRow(form));
    form.querySelector(".restored").hidden = true;
  }
  const line = event.target.closest("[data-line]");
  if (line) showLine(Number(line.dataset.line));
});

// A form that leads to another page is sent once, and a question comes before what cannot be undone.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.hasAttribute("hx-post") || form.hasAttribute("hx-get")) return;
  const question = event.submitter?.dataset.confirm;
  if ("leaving" in form.dataset || (question && !confirm(question))) { event.preventDefault(); return; }
  form.dataset.leaving = "";
  for (const key of Object.keys(localStorage)) if (form.dataset.clears && key.startsWith(`kept:${form.dataset.clears}`)) localStorage.removeItem(key);
});
addEventListener("pageshow", () => { for (const form of document.querySelectorAll("[data-leaving]")) delete form.dataset.leaving; });

document.addEventListener("toggle", (event) => {
  const name = event.target.dataset && event.target.dataset.fold;
  if (!name) return;
  (event.target.open ? opened : closed).add(name);
  (event.target.open ? closed : opened).delete(name);
}, true);

function showLine(number) {
  const area = $("#rules-text");
  $("#raw").open = true;
  const lines = area.value.split("\n");
  const start = lines.slice(0, number - 1).join("\n").length + (number > 1 ? 1 : 0);
  area.focus();
  area.setSelectionRange(start, start + lines[number - 1].length);
  area.scrollTop = Math.max(0, (area.scrollHeight / lines.length) * (number - 4));
}

function press(selector) {
  const found = $(selector);
  if (found) found.click();
  return Boolean(found);
}

function move(step) {
  const current = $(".card[aria-current]");
  const item = current ? current.parentElement : null;
  const next = item && (step > 0 ? item.nextElementSibling : item.previousElementSibling);
  if (next) next.querySelector("a").click();
  else if (!item) press(".card");
  else press(`[data-page=${step > 0 ? "next" : "prev"}]`);
}

// Two keys for a section or a tag: the first shows numbers, the second ticks.
let choosing = "";
function choose(kind, selector) {
  if (!$("#decision")) return;
  choosing = selector;
  $("#decision").dataset.choosing = kind;
  $(selector)?.closest("fieldset").scrollIntoView({ block: "center" }); // the numbers may be below the buttons
}

function chosen(key) {
  const boxes = [...document.querySelectorAll(choosing)];
  const labels = choosing.includes(".labels");
  choosing = "";
  delete $("#decision").dataset.choosing;
  if (labels && key === "t") { $("#decision [data-add]").focus(); return; }
  const box = boxes[Number(key) - 1];
  if (!box) return;
  box.checked = !box.checked;
  say(`${box.parentElement.textContent.trim()} ${box.checked ? "已勾上" : "已去掉"}`);
}

const keys = {
  j: () => move(1),
  k: () => move(-1),
  a: () => press("#decision [data-key=a]"),
  d: () => press("#decision [data-key=d]"),
  x: () => { const reason = $("#reason"); if (reason) { reason.value = "irrelevant"; press("#decision [data-key=d]"); } },
  A: () => press(".bulk button:not(.drop)"),
  s: () => choose("sections", "#decision .sections input"),
  t: () => choose("labels", "#decision .labels input[type=checkbox]"),
  u: () => press(".notice [data-key=u]") || press("[data-key=u]"),
  e: () => { const row = $("#row"); if (row) { row.focus(); row.setSelectionRange(row.value.length, row.value.length); } },
  "/": () => { const search = $("#q"); if (search) { search.focus(); search.select(); } },
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const writing = event.target.matches("textarea, select:not(#reason), input:not([type=radio]):not([type=checkbox])");
  if (event.key === "Escape" && writing) { event.target.blur(); return; }
  if (event.key === "Enter" && event.target.matches("[data-add]")) { event.preventDefault(); addTag(event.target); return; }
  if (writing || !$("#work")) return;
  if (choosing && $("#decision")) { event.preventDefault(); chosen(event.key); return; }
  const action = keys[event.key] || (/^[1-5]$/.test(event.key) && (() => press(`#decision .draft [data-key="${event.key}"]`)));
  if (!action) return;
  event.preventDefault();
  action();
});

document.addEventListener("htmx:afterSwap", (event) => {
  const changed = event.detail.target?.id === "words-table" && $("#words-changed");
  if (changed) {
    $("#rules-text").value = changed.value;
    $("#rules-text").dispatchEvent(new Event("input", { bubbles: true }));
    htmx.trigger("#effect", "edited");
  }
  if (event.detail.target?.id === "checked") {
    const saved = $("#checked [data-version]");
    if (saved) {
      $("#rules").elements.base.value = saved.dataset.version;
      $("#version").textContent = saved.dataset.version;
      localStorage.removeItem(`kept:${$("#rules-text").dataset.keep}`);
      $("#rules .restored").hidden = true;
      htmx.trigger("#words-table", "restored");
    }
  }
});

// A stored decision needs no copy of its text any more; a conflict or a refusal keeps it.
document.addEventListener("htmx:beforeRequest", (event) => {
  $("#fault").hidden = true;
  const form = event.detail.elt;
  if (form.id === "decision") { form.dataset.sent = savedRow(form); form.dataset.sentNote = savedNote(form); }
  if (form.matches(".search")) document.activeElement.blur();
  if (form.matches("[data-discard]")) forgetTexts($("#decision").dataset.item);
});

// Of two questions under way, the newer one's answer counts: shown first, the older one's would take its place away.
document.addEventListener("htmx:beforeSend", (event) => {
  if (event.detail.target?.id === "work") newest = event.detail.xhr;
});
document.addEventListener("htmx:beforeOnLoad", (event) => {
  const { target, requestConfig, xhr } = event.detail;
  if (target?.id === "work" && requestConfig.verb === "get" && xhr !== newest) event.preventDefault();
});

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target?.id !== "work" && event.detail.elt?.id !== "work") return;
  setUp();
  const title = $("#item-title");
  if (title && !document.activeElement.matches("input, textarea")) title.focus({ preventScroll: true });
  if ($("#work").classList.contains("has-item") && matchMedia("(max-width: 56rem)").matches) scrollTo(0, 0);
});

document.addEventListener("htmx:afterRequest", (event) => {
  const { sent, sentNote } = event.detail.requestConfig.elt.dataset; // the event may be another element's by now
  if (sent && event.detail.successful && $(".notice")) { localStorage.removeItem(sent); localStorage.removeItem(sentNote); }
});

document.addEventListener("htmx:responseError", (event) => {
  const text = event.detail.xhr.responseText;
  showFault(text.startsWith("<") ? new DOMParser().parseFromString(text, "text/html").querySelector("[role=alert].problem")?.textContent || "没有完成，请刷新后再试。" : text);
});
document.addEventListener("htmx:sendError", () => showFault("连接中断，没有保存；填写的内容仍在页面上，恢复后再点一次。"));
document.addEventListener("htmx:historyRestore", setUp);

// Texts kept in the browser: of the rules, whose version they belong to, and of a form that is still empty.
function restoreKept() {
  for (const area of document.querySelectorAll("[data-keep]")) {
    const text = localStorage.getItem(`kept:${area.dataset.keep}`);
    if (!text || text === area.value || (area.value && !("keepOver" in area.dataset))) continue;
    area.value = text;
    area.form.querySelector(".restored").hidden = false;
  }
  if ($("#words-table") && !$("#rules .restored").hidden) htmx.trigger("#words-table", "restored");
}
document.addEventListener("click", (event) => {
  const forget = event.target.closest("[data-forget-kept]");
  if (!forget) return;
  for (const area of forget.form.querySelectorAll("[data-keep]")) {
    area.value = area.defaultValue;
    localStorage.removeItem(`kept:${area.dataset.keep}`);
  }
  forget.closest(".restored").hidden = true;
  if ($("#words-table")) htmx.trigger("#words-table", "restored");
});
document.addEventListener("DOMContentLoaded", () => {
  setUp();
  restoreKept();
});
