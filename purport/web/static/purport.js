// What links and forms cannot do: showing which parts belong together, keys, going on in a long text, taking a selection.
"use strict";

const all = (what, within = document) => [...within.querySelectorAll(what)];
const lit = new Set();

function light(item) {
  for (const one of lit) one.classList.remove("on");
  lit.clear();
  if (!item) return;
  for (const one of all(`[data-items~="${CSS.escape(item)}"], .card[data-item="${CSS.escape(item)}"]`)) {
    one.classList.add("on");
    lit.add(one);
  }
}

function itemOf(node) {
  const near = node instanceof Element ? node.closest("[data-item], [data-items]") : null;
  return near ? near.dataset.item || near.dataset.items.split(" ").pop() : "";
}

function show(item) {
  light(item);
  const card = document.getElementById(`c-${item}`);
  const cards = card && card.closest(".cards");
  if (cards && getComputedStyle(cards).overflowY === "auto") cards.scrollTop = card.offsetTop - 60;
}

const reader = document.querySelector(".reader");
if (reader) {
  reader.addEventListener("focusin", (event) => show(itemOf(event.target)));
  reader.addEventListener("mouseover", (event) => light(itemOf(event.target)));
  reader.addEventListener("click", (event) => {
    const tag = event.target.closest("a.tag");
    const marked = tag || event.target.closest("[data-items]");
    if (!marked || String(getSelection())) return;
    if (tag && getComputedStyle(document.querySelector(".cards")).position === "sticky") event.preventDefault();
    show(itemOf(marked));
  });
  // Keys act only while the text has the focus, so that they are in nobody's way.
  reader.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("input, textarea, select")) return;
    const steps = { j: ["a.tag", 1], k: ["a.tag", -1], n: ["a.tag.unsure", 1], p: ["a.tag.unsure", -1] };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    const tags = all("a.tag", reader);
    const here = tags.findIndex((one) => one.dataset.item === itemOf(document.activeElement));
    const wanted = step[1] > 0 ? tags.slice(here + 1) : tags.slice(0, Math.max(here, 0)).reverse();
    const next = wanted.find((one) => one.matches(step[0]));
    const further = document.querySelector(`[data-jump="${step[1] > 0 ? "next" : "before"}"]`);
    if (next) next.focus();
    else if (step[0] !== "a.tag" && further) location.assign(further.href);
  });
  const watcher = new IntersectionObserver((seen) => {
    for (const one of seen) if (one.isIntersecting) goOn(one.target);
  }, { rootMargin: "1200px" });
  const watch = () => all("[data-more]", reader).forEach((one) => watcher.observe(one));
  const goOn = async (link) => {
    watcher.unobserve(link);
    const from = link.dataset.more;
    if (!from) return;
    delete link.dataset.more;
    const answer = await fetch(from, { credentials: "same-origin" });
    if (!answer.ok) return;
    const made = new DOMParser().parseFromString(await answer.text(), "text/html");
    link.parentElement.replaceWith(...made.body.children);
    watch();
  };
  watch();
  const arrived = () => {
    const [kind, item] = [location.hash.slice(1, 3), location.hash.slice(3)];
    if (location.hash === "#unsure") reader.querySelector("a.tag.unsure")?.focus();
    else if ((kind === "t-" || kind === "c-") && document.getElementById(`t-${item}`)) {
      document.getElementById(`t-${item}`).focus();
      show(item);
    }
  };
  addEventListener("hashchange", arrived);
  arrived();
}

let selected = "";
document.addEventListener("selectionchange", () => {
  const now = getSelection();
  if (!now.rangeCount || now.isCollapsed) return;
  const copy = now.getRangeAt(0).cloneContents();
  if (!(now.anchorNode?.parentElement?.closest(".text"))) return;
  for (const tag of all(".tag", copy)) tag.remove();
  selected = copy.textContent.trim();
});
for (const button of all("[data-take]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    if (selected) document.getElementById(button.dataset.take).value = selected.replace(/\s+/g, " ");
  });
}
for (const button of all("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = "Copied";
  });
}
if (document.querySelector("[data-key]")) {
  document.querySelector("#main").addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("input, textarea, select")) return;
    const found = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (found) found.click();
  });
  if (!location.hash && new URLSearchParams(location.search).get("queue")) document.querySelector("#main").focus();
}
for (const drop of all(".drop")) {
  const input = drop.querySelector("input");
  drop.addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("over"); });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    input.files = event.dataTransfer.files;
  });
}
const progress = document.querySelector("#progress:not([data-finished])");
if (progress) {
  const look = async () => {
    const told = await (await fetch(progress.dataset.watch)).json();
    progress.value = told.done;
    document.querySelector("#said").textContent = `${told.done} of ${told.of} files, ${told.documents} documents`;
    if (told.finished) location.reload();
    else setTimeout(look, 700);
  };
  setTimeout(look, 700);
}
